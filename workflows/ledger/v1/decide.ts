// Who may begin and seal a ledger.
import { officeNames } from '../../../src/domain/office.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Decision, Deciding, Needs } from '../../../src/domain/store.ts'
import { holdsOver } from '../../roster/v1/day.ts'
import { rosterStream } from '../../roster/v1/fold.ts'
import { type Asked, defineWorkflow, draft } from '../../workflow.ts'
import { acts, type LedgerCommand, ledgerCommands, type LedgerEvent } from './events.ts'
import {
  FOUNDING_AUTH,
  ledgerClosed,
  ledgerFold,
  ledgerOf,
  ledgerStream,
  RELIED_ON_GENESIS,
} from './fold.ts'

const NAME = 'ledger@1'
const record = (event: LedgerEvent): Decision => ({ events: [draft(NAME, ledgerStream, event)] })

type Open = Extract<Asked<LedgerCommand>, { type: 'ledger.open' }>
type Seal = Extract<Asked<LedgerCommand>, { type: 'ledger.seal' }>

function open(command: Open, { past }: Deciding): Decision {
  const { by, input, ledger } = command
  if (ledgerOf(past).kind !== 'unopened') return refuse('alreadyExists', { what: ledger })
  if (by.auth !== FOUNDING_AUTH || by.person !== input.founder) {
    return refuse('officeNotHeld', { office: '建账人 founder' })
  }
  // origin and key bind the genesis to its place: copied elsewhere it contradicts itself
  const code = /\/(\d{12})/.exec(ledger)?.[1]
  if (code !== input.code) return refuse('genesisMismatch', { detail: `${ledger} ≠ ${input.code}` })
  if (!input.vkey.startsWith(`${ledger}+`)) {
    return refuse('genesisMismatch', { detail: `${ledger} ≠ ${input.vkey}` })
  }
  return record({ type: 'ledger.genesis', body: { given: input } })
}

function seal({ by, input, ledger }: Seal, { past, at }: Deciding): Decision {
  const state = ledgerOf(past)
  const closed = ledgerClosed(state)
  if (closed !== undefined) return closed
  if (!holdsOver({ past, ledger: state, at }, by, ['centreHead', 'townshipLeader'])) {
    return refuse('officeNotHeld', { office: officeNames(['centreHead', 'townshipLeader']) })
  }
  if (input.successor === ledger)
    return refuse('genesisMismatch', { detail: `${ledger} = ${input.successor}` })
  return record({ type: 'ledger.sealed', body: { given: input } })
}

function needs({ type }: Asked<LedgerCommand>): Needs {
  if (type === 'ledger.open') return { streams: [ledgerStream] }
  return {
    streams: [ledgerStream, rosterStream],
    relied: { origin: RELIED_ON_GENESIS, streams: [rosterStream] },
  }
}

/** ledger@1: fold + decide, no machine. */
export const ledgerWorkflow = defineWorkflow({
  name: NAME,
  fold: ledgerFold,
  acts,
  notes: [],
  commands: ledgerCommands,
  needs,
  decide(command, deciding) {
    if (command.stream !== ledgerStream) return refuse('notFound', { what: command.stream })
    return command.type === 'ledger.open' ? open(command, deciding) : seal(command, deciding)
  },
})
