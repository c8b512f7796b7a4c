// Import (导入): a sheet that was read and shown and waits to be confirmed. Its rows hold names and accounts and lie in the
// vault; what stands here tells only whose it is and what became of it.
import { z } from 'zod'
import type { Sentence } from './language.ts'
import type { Origin, PersonId, Sha256Hex } from './ids.ts'
import type { Instant } from './time.ts'

/** What a sheet may be of. */
export const importSubjects = {
  requests: { zh: '支出申请', en: 'expenditure requests' },
  payees: { zh: '发放表', en: 'a payee list' },
  members: { zh: '社员名册', en: "the members' roll" },
} as const satisfies Record<string, Sentence>
export type ImportSubject = keyof typeof importSubjects
export const importSubjectSchema = z.enum(
  Object.keys(importSubjects) as [ImportSubject, ...ImportSubject[]],
)

export const importStates = ['shown', 'confirmed'] as const
export type ImportState = (typeof importStates)[number]

export interface KeptImport {
  readonly id: Sha256Hex
  readonly ledger: Origin
  /** Who uploaded it: nobody else sees or confirms it. */
  readonly person: PersonId
  readonly subject: ImportSubject
  /** Of the rows as they were shown: what is confirmed is this and nothing else. */
  readonly digest: Sha256Hex
  readonly state: ImportState
  readonly madeAt: Instant
  /** From then on its rows are forgotten. */
  readonly expiresAt: Instant
  /** What confirming it did, as JSON; without names. */
  readonly outcome?: string
}

/** Durable when a promise resolves. */
export interface ImportStore {
  add(one: KeptImport): Promise<void>
  /** Only whoever uploaded it. */
  find(id: Sha256Hex, whose: Pick<KeptImport, 'ledger' | 'person'>): Promise<KeptImport | undefined>
  /** Of one person in one village, the newest first. */
  list(whose: Pick<KeptImport, 'ledger' | 'person'>): Promise<readonly KeptImport[]>
  settle(
    id: Sha256Hex,
    became: { readonly state: ImportState; readonly outcome: string },
  ): Promise<void>
  drop(id: Sha256Hex): Promise<void>
  /** Whose time is over. */
  expired(at: Instant): Promise<readonly KeptImport[]>
}
