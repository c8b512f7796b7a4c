// Stepping a machine without running it: facts are the events, so nothing is ever started, sent or
// waited for.
import {
  type ActorLogic,
  type ActorScope,
  type AnyMachineSnapshot,
  createActor,
  type EventObject,
} from 'xstate'

export interface Stepper<S, E, I> {
  initial(input: I): S
  /**
   * The next snapshot; the very same object when the machine does not take the event. Mutates
   * nothing.
   */
  step(snapshot: S, event: E): S
  /**
   * Would the machine take the event? False in a final state, which xstate's own `can` does not
   * ask.
   */
  accepts(snapshot: S, event: E): boolean
}

/** What a machine reads of an event's body; undefined when its type is all. Plain JSON, small. */
export type Reads<E> = (event: E) => object | undefined

/**
 * One inert scope for the life of the process: `transition()` of xstate builds an actor and the
 * machine's initial state on every call, five times the price of the step itself. `anyInput` only
 * lets that one scope be made. With `reads`, steps are remembered as well (see `remembering`).
 */
export function stepper<S extends AnyMachineSnapshot, E extends EventObject, I>(
  machine: ActorLogic<S, E, I>,
  anyInput: I,
  reads?: Reads<E>,
): Stepper<S, E, I> {
  const plain = stepping(machine, anyInput)
  return reads === undefined ? plain : remembering(plain, reads)
}

function stepping<S extends AnyMachineSnapshot, E extends EventObject, I>(
  machine: ActorLogic<S, E, I>,
  anyInput: I,
): Stepper<S, E, I> {
  const self = createActor(machine, { input: anyInput })
  const scope: ActorScope<S, E> = {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    logger() {},
    defer() {},
    emit() {},
    stopChild() {},
    actionExecutor() {},
  }
  return {
    initial: (input) => machine.getInitialSnapshot(scope, input),
    step: (snapshot, event) =>
      active(snapshot) ? machine.transition(snapshot, event, scope) : snapshot,
    accepts: (snapshot, event) => active(snapshot) && snapshot.can(event),
  }
}

/**
 * macrostep selects transitions before it looks at the status: a final state must be asked for
 * first.
 */
const active = (snapshot: { readonly status: string }): boolean => snapshot.status === 'active'

/**
 * Steps remembered before all are forgotten: a history of returns without end would keep growing.
 */
const REMEMBERED_MAX = 20_000

/** What is known of one event in one snapshot. */
interface Known<S> {
  accepted?: boolean
  next?: S
}

/**
 * A machine is a pure function of snapshot and event, so each of its steps is computed once and
 * then looked up: thousands of requests walk the same few hundred. The machine is SHOWN only what
 * `reads` gives, so it cannot answer by anything the memory does not tell apart: a part of the body
 * forgotten there is missing to the machine too, and fails at once instead of now and then.
 */
function remembering<S extends AnyMachineSnapshot, E extends EventObject, I>(
  plain: Stepper<S, E, I>,
  reads: Reads<E>,
): Stepper<S, E, I> {
  const initials = new Map<string, S>()
  // By the snapshot itself: equal inputs begin with one snapshot, so what follows is shared too.
  let steps = new WeakMap<S, Map<string, Known<S>>>()
  let remembered = 0
  const known = (snapshot: S, key: string): Known<S> => {
    let events = steps.get(snapshot)
    if (events === undefined) steps.set(snapshot, (events = new Map<string, Known<S>>()))
    const found = events.get(key)
    if (found !== undefined) return found
    const made: Known<S> = {}
    if (remembered++ < REMEMBERED_MAX) events.set(key, made)
    else {
      steps = new WeakMap()
      initials.clear()
      remembered = 0
    }
    return made
  }
  const shown = (event: E): { key: string; seen: E } => {
    const body = reads(event)
    const { type } = event
    if (body === undefined) return { key: type, seen: { type } as E }
    return { key: `${type} ${JSON.stringify(body)}`, seen: { type, body } as unknown as E }
  }
  return {
    initial(input) {
      const key = JSON.stringify(input) ?? ''
      const found = initials.get(key)
      if (found !== undefined) return found
      const made = plain.initial(input)
      initials.set(key, made)
      return made
    },
    step(snapshot, event) {
      const { key, seen } = shown(event)
      const step = known(snapshot, key)
      return (step.next ??= plain.step(snapshot, seen))
    },
    accepts(snapshot, event) {
      const { key, seen } = shown(event)
      const step = known(snapshot, key)
      return (step.accepted ??= plain.accepts(snapshot, seen))
    },
  }
}
