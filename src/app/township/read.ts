// Reading a township file: text in, the file or everything that is wrong with it.
import { type TownshipFault, townshipFault } from './faults.ts'
import { type TownshipFile, townshipFileSchema } from './file.ts'
import { faultOfIssue } from './issues.ts'
import { applySettings, policyKeyNames, presetValues } from '../../domain/policy.ts'
import { policyFaultText } from '../read/policy-words.ts'
import { crossCheck } from './references.ts'

export type ReadTownshipFile =
  | { readonly file: TownshipFile }
  | { readonly faults: readonly TownshipFault[] }

/** Everything that is wrong is told at once, each with its place; nothing is guessed or repaired. */
export function readTownshipFile(content: string): ReadTownshipFile {
  let raw: unknown
  try {
    raw = JSON.parse(content.replace(/^\uFEFF/, ''))
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { faults: [townshipFault('jsonMalformed', [], { detail })] }
  }
  const parsed = townshipFileSchema.safeParse(raw)
  if (!parsed.success) {
    return { faults: parsed.error.issues.map((issue) => faultOfIssue(issue, raw)) }
  }
  const faults = [...crossCheck(parsed.data), ...policyFaults(parsed.data.policy.settings)]
  return faults.length === 0 ? { file: parsed.data } : { faults }
}

/** All of them, where proposing it would be refused for the first alone. */
const policyFaults = (settings: TownshipFile['policy']['settings']): readonly TownshipFault[] =>
  applySettings(
    presetValues,
    policyKeyNames.flatMap((key) => {
      const value = settings[key]
      return value === undefined ? [] : [{ key, value }]
    }),
  ).faults.map((fault) => ({
    ...townshipFault('refused', ['policy', 'settings']),
    said: { zh: policyFaultText(fault, 'zh'), en: policyFaultText(fault, 'en') },
  }))
