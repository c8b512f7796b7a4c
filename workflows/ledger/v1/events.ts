// ledger@1: how a ledger begins and how it ends.
import { z } from 'zod'
import { originSchema, personIdSchema } from '../../../src/domain/ids.ts'
import { act } from '../../workflow.ts'

const common = {
  /** Public name of the village or township (村、镇名称). */
  name: z.string().trim().min(1).max(100),
  /** 12-digit statistical division code (统计用区划代码), as in the origin. */
  code: z.string().regex(/^\d{12}$/),
  /** May act until the roster is confirmed, and never after. */
  founder: personIdSchema,
  /** Verifier key of the ledger's signing key; its name is the origin. */
  vkey: z.string().min(1).max(400),
  /** Last checkpoints, as signed notes, of the ledgers this one succeeds (merge, new epoch). */
  predecessors: z.array(z.string().min(1).max(2000)).max(5).exactOptional(),
}

export const genesisSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('township'), ...common }),
  z.strictObject({
    kind: z.literal('village'),
    ...common,
    /** Whose roster and policy this village is decided under. */
    township: originSchema,
  }),
])

export const genesis = act('ledger.open', 'ledger.genesis', { input: genesisSchema })
export const sealed = act('ledger.seal', 'ledger.sealed', {
  input: z.strictObject({ successor: originSchema, reason: z.string().trim().min(1).max(1000) }),
})

export const acts = [genesis, sealed] as const
export const ledgerEvents = z.discriminatedUnion('type', [genesis.event, sealed.event])
export const ledgerCommands = z.discriminatedUnion('type', [genesis.command, sealed.command])
export type LedgerEvent = z.infer<typeof ledgerEvents>
export type LedgerCommand = z.infer<typeof ledgerCommands>
