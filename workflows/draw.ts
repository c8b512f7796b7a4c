// Machines as pictures: what stands here is read from the machine itself, so that a drawing can not say
// what the law does not.
import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { findingMachine, inspectionMachine } from './inspection/v1/machine.ts'
import { meetingMachine } from './meeting/v1/machine.ts'
import { policyMachine } from './policy/v1/machine.ts'
import { requestMachine } from './request/v1/machine.ts'

export interface DrawnTransition {
  readonly event: string
  /** Only while this holds. */
  readonly guard?: string
  /** Dotted path; absent for what is recorded without moving. */
  readonly target?: string
}

export interface DrawnState {
  /** Dotted path from the machine, `''` for the machine itself. */
  readonly path: string
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'history'
  /** Path of the state it begins in. */
  readonly initial?: string
  readonly on: readonly DrawnTransition[]
  readonly states: readonly DrawnState[]
}

const machines: Readonly<Record<string, AnyStateMachine>> = {
  request: requestMachine,
  meeting: meetingMachine,
  inspection: inspectionMachine,
  finding: findingMachine,
  policy: policyMachine,
}

export const machineNames: readonly string[] = Object.keys(machines)

/** Undefined when there is no machine of that name. */
export function drawnMachine(name: string): DrawnState | undefined {
  const machine = machines[name]
  return machine === undefined ? undefined : drawn(machine.root)
}

const pathOf = ({ path }: AnyStateNode): string => path.join('.')

function drawn(node: AnyStateNode): DrawnState {
  const [initial] = node.type === 'compound' ? (node.initial.target ?? []) : []
  return {
    path: pathOf(node),
    type: node.type,
    ...(initial === undefined ? {} : { initial: pathOf(initial) }),
    on: [...node.transitions.values()].flat().map((transition) => {
      const [target] = transition.target ?? []
      const guard = guardName(transition.guard)
      return {
        event: String(transition.eventType),
        ...(guard === undefined ? {} : { guard }),
        ...(target === undefined ? {} : { target: pathOf(target) }),
      }
    }),
    states: Object.values(node.states).map(drawn),
  }
}

function guardName(guard: unknown): string | undefined {
  if (typeof guard === 'string') return guard
  if (typeof guard !== 'object' || guard === null || !('type' in guard)) return undefined
  return String(guard.type)
}

export interface Labels {
  readonly state: (path: string) => string
  readonly event: (type: string) => string
}

/**
 * A Mermaid flowchart with a box for every state that holds others: arrows may then lead from any state to any other, which
 * Mermaid's own state diagrams do not allow. What is recorded without moving is left out.
 */
export function mermaid(machine: DrawnState, labels: Labels): string {
  const lines = ['flowchart TD', ...boxes(machine, labels, '  '), ...arrows(machine, labels)]
  return `${lines.join('\n')}\n`
}

const idOf = (path: string): string => path.replaceAll('.', '_')

function boxes(state: DrawnState, labels: Labels, indent: string): readonly string[] {
  const start = `${idOf(state.path)}_start`
  const begin =
    state.initial === undefined ? [] : [`${indent}${start}((" ")) --> ${idOf(state.initial)}`]
  const inner = state.states.flatMap((child): readonly string[] => {
    const title = `"${labels.state(child.path)}"`
    const id = idOf(child.path)
    if (child.states.length > 0) {
      return [
        `${indent}subgraph ${id}[${title}]`,
        ...boxes(child, labels, `${indent}  `),
        `${indent}end`,
      ]
    }
    return [`${indent}${id}${child.type === 'final' ? `((${title}))` : `(${title})`}`]
  })
  return [...begin, ...inner]
}

/** One arrow for all events that lead from one state to another. */
function arrows(machine: DrawnState, labels: Labels): readonly string[] {
  const between = new Map<string, string[]>()
  const collect = ({ path, on, states }: DrawnState): void => {
    for (const { event, guard, target } of on) {
      if (target === undefined || path === '') continue
      const ends = `${idOf(path)} ${idOf(target)}`
      const label = guard === undefined ? labels.event(event) : `${labels.event(event)} [${guard}]`
      between.set(ends, [...(between.get(ends) ?? []), label])
    }
    for (const child of states) collect(child)
  }
  collect(machine)
  return [...between].map(([ends, events]) => {
    const [from = '', to = ''] = ends.split(' ')
    return `  ${from} -->|"${events.join('<br/>')}"| ${to}`
  })
}
