// Every job of the server. What does not work is told by its job's name in metrics and logs.
import { sweepAttachments } from '../app/attachments/upkeep.ts'
import type { DeskStores } from '../app/desk.ts'
import { sweepImports } from '../app/imports/import.ts'
import type { LedgerReads } from '../app/read/port.ts'
import type { Config } from '../config.ts'
import type { AttachmentStore } from '../domain/attachment.ts'
import { instantOf } from '../domain/time.ts'
import { headsJob, type SentHead } from './heads.ts'
import { mailReceivers } from './mail.ts'
import type { Job } from './runner.ts'
import { webhookReceivers } from './webhook.ts'

export interface JobSources {
  readonly config: Pick<Config, 'sending'>
  readonly ledgers: LedgerReads
  readonly files: AttachmentStore
  readonly desk: Pick<DeskStores, 'atDesk' | 'imports' | 'vault'>
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

/** While nobody brings files or sheets. */
const SWEEP_AT = '03:10'

export const allJobs = (sources: JobSources): readonly Job[] => [
  ...sendingJobs(sources),
  {
    name: 'attachments',
    when: { daily: SWEEP_AT },
    run: async () => {
      await sweepAttachments(sources)
    },
  },
  {
    name: 'imports',
    when: { daily: SWEEP_AT },
    run: async ({ now }) => {
      await sweepImports(sources.desk, instantOf(now))
    },
  },
]

function sendingJobs({ config: { sending }, ledgers }: JobSources): readonly Job[] {
  if (sending === undefined) return []
  const { at, mail, webhook } = sending
  const receivers = [
    ...(mail === undefined ? [] : mailReceivers(mail)),
    ...(webhook === undefined ? [] : webhookReceivers(webhook)),
  ]
  return [headsJob({ at, receivers, heads: () => newestHeads(ledgers) })]
}

const newestHeads = (ledgers: LedgerReads): readonly SentHead[] =>
  ledgers.ledgers().flatMap(({ origin }) => {
    const head = ledgers.checkpoint(origin)
    return head === undefined ? [] : [{ origin, size: head.size, at: head.at, note: head.note }]
  })
