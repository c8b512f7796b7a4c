// The machines drawn for people: with the names of states and events in their language.
import { type DrawnState, drawnMachine, machineNames, mermaid } from '../../workflows/draw.ts'
import type { Language, Sentence } from '../domain/language.ts'
import { mustNames } from '../domain/must.ts'
import {
  findingStates,
  inspectionStates,
  meetingStates,
  policyStates,
  requestPlaces,
} from '../domain/places.ts'
import { eventName } from './sentences.ts'

const partNames: Readonly<Record<string, Sentence>> = {
  ...mustNames,
  chain: { zh: '五个必经', en: 'the five musts' },
  suspension: { zh: '暂缓支付', en: 'suspension' },
  findings: { zh: '检查问题', en: 'findings' },
  beside: { zh: '催办、抄送、询问', en: 'beside the decisions' },
  confirmation: { zh: '应急同意的确认', en: 'confirmation of an emergency' },
  none: { zh: '无', en: 'none' },
  pending: { zh: '待主任确认', en: 'awaiting the head' },
  confirmed: { zh: '已确认', en: 'confirmed' },
  failed: { zh: '未获确认', en: 'not confirmed' },
  issuing: { zh: '三人签发', en: 'issuing' },
  payment: { zh: '支付', en: 'payment' },
  due: { zh: '待定', en: 'due' },
  free: { zh: '未暂缓', en: 'free' },
  suspended: { zh: '已暂缓', en: 'suspended' },
}

const stateNames: Readonly<Record<string, Readonly<Record<string, Sentence>>>> = {
  request: requestPlaces,
  meeting: meetingStates,
  inspection: inspectionStates,
  finding: findingStates,
  policy: policyStates,
}

export const machines: readonly string[] = machineNames

/** The machine as data; undefined when there is none of that name. */
export const machineOf = (name: string): DrawnState | undefined => drawnMachine(name)

/** The machine as Mermaid text. */
export function mermaidOf(name: string, language: Language): string | undefined {
  const machine = drawnMachine(name)
  if (machine === undefined) return undefined
  return mermaid(machine, {
    state: (path) => stateNameOf(name, path)?.[language] ?? path,
    event: (type) => (type.startsWith('xstate.') ? '✓' : eventName(type)[language]),
  })
}

/** What people call a state: by its place in the chain, else by its last part; undefined when it has no name of its own. */
export function stateNameOf(machine: string, path: string): Sentence | undefined {
  const names = stateNames[machine] ?? {}
  const last = path.slice(path.lastIndexOf('.') + 1)
  return names[path.replace(/^chain\./, '')] ?? names[path] ?? partNames[last] ?? names[last]
}
