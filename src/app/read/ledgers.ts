// The ledgers of a data directory, as they name themselves.
import { ledgerFold, ledgerStream } from '../../../workflows/ledger/v1/fold.ts'
import type { Origin } from '../../domain/ids.ts'
import { toHex } from '../../ledger/bytes.ts'
import { folded } from '../folded.ts'
import type { LedgerSummary, Reading } from './port.ts'

export interface LedgerView extends LedgerSummary {
  readonly kind: string
  readonly name: string
  /** Villages only. */
  readonly township?: Origin
  /** Public key, for whoever verifies: to be had from somebody other than us. */
  readonly vkey: string
  /** Of the newest checkpoint, hex. */
  readonly root: string
}

/** The township first, then its villages by origin. */
export function ledgerViews(reading: Reading): readonly LedgerView[] {
  const views = reading.ledgers.ledgers().map((summary) => ledgerView(reading, summary))
  const order = ({ kind, origin }: LedgerView): string => `${kind === 'township' ? 0 : 1}${origin}`
  return views.toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
}

function ledgerView(reading: Reading, summary: LedgerSummary): LedgerView {
  const { origin } = summary
  const { kind, name, township, vkey } = folded(ledgerFold, reading.stream(origin, ledgerStream))
  const root = reading.ledgers.checkpoint(origin)?.root
  return {
    ...summary,
    kind,
    name,
    ...(township === undefined ? {} : { township }),
    vkey,
    root: root === undefined ? '' : toHex(root),
  }
}
