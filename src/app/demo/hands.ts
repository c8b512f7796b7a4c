// How what a simulated person decides reaches the ledger: through the way in of this process, or through a server's door.
import type { Outcome, Store } from '../../domain/store.ts'
import { type Ballot, castBallot, type Voting } from '../cast-ballot.ts'
import { type Counting, countBallots } from '../count-ballots.ts'
import { type Context, perform } from '../perform.ts'
import type { Command } from '../../domain/command.ts'

export interface Hands {
  perform(command: Command): Promise<Outcome>
  /** A member votes online: the ledger and the ballot box. */
  castBallot(ballot: Ballot): Promise<Outcome>
  /** The paper ballots of an item with what lies in the ballot box. */
  countBallots(counting: Counting): Promise<Outcome>
}

/** What the simulated people act by and see by, once their township is founded. */
export interface Door {
  readonly hands: Hands
  readonly entries: Pick<Store, 'follow'>
}

/** In this process, by the one way in. */
export const ownDoor = (context: Context & Voting): Door => ({
  entries: context.store,
  hands: {
    perform: (command) => perform(context, command),
    castBallot: (ballot) => castBallot(context, ballot),
    countBallots: (counting) => countBallots(context, counting),
  },
})
