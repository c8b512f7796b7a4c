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

/**
 * One inert scope for the life of the process: `transition()` of xstate builds an actor and the
 * machine's initial state on every call, five times the price of the step itself. `anyInput` only
 * lets that one scope be made.
 */
export function stepper<S extends AnyMachineSnapshot, E extends EventObject, I>(
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
