// What if (law §8) over HTTP: what proposed settings would have asked of the requests of a year, village by village. Read only;
// it folds every ledger of the township anew, so it goes in pieces, one comparison after another.
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import type { ChangedAuthority } from '../../app/compare-authorities.ts'
import type { ChangedRequest } from '../../app/compare-change.ts'
import { comparePolicyInPieces, type Comparison } from '../../app/compare.ts'
import { InTurn } from '../../app/in-turn.ts'
import { entriesOf } from '../../app/read/entries.ts'
import { checkPolicy, type CheckedPolicy } from '../../app/read/policy-file.ts'
import { policyFaultText } from '../../app/read/policy-words.ts'
import { policyBase, policyOf } from '../../app/read/policy.ts'
import type { KnownLedger } from '../../app/rights.ts'
import type { Language, Sentence } from '../../domain/language.ts'
import { moneySchema, sum } from '../../domain/money.ts'
import { type Must, mustNames, musts } from '../../domain/must.ts'
import { policySettingSchema, type PolicyValues } from '../../domain/policy.ts'
import { addDays, type LocalDate, localDateSchema } from '../../domain/time.ts'
import type { Api } from '../api.ts'
import { howOf } from '../looking.ts'
import { type Problem, problem } from '../problem.ts'
import { type Reply, type Route, route } from '../route.ts'
import { list, text } from '../schemas.ts'

const DAYS_OF_A_YEAR = 365

const mustSchema = z.enum(musts)
const totalsSchema = list(
  z.strictObject({
    must: mustSchema,
    title: text,
    /** Requests that had to pass it, and that would have to. */
    was: z.int(),
    would: z.int(),
    gained: z.int(),
    lost: z.int(),
  }),
)
const signaturesSchema = z.enum(['all', 'majorityAndChair'])

const changedSchema = z.strictObject({
  request: text,
  company: text,
  name: text,
  amount: moneySchema,
  submittedOn: localDateSchema,
  /** The policy its route was computed under. */
  policy: text,
  changes: list(
    z.strictObject({
      must: mustSchema,
      title: text,
      change: z.enum(['gained', 'lost']),
      /** Why it was as it was, and why it would be. */
      was: text,
      would: text,
    }),
  ),
  /** Why it could not have been submitted at all. */
  refused: z.strictObject({ code: text, why: text }).optional(),
  signOff: z.strictObject({ was: signaturesSchema, would: signaturesSchema }).optional(),
})

const authoritySchema = z.strictObject({
  authority: text,
  company: text,
  name: text,
  title: text,
  ceiling: moneySchema,
  enteredOn: localDateSchema,
  changes: list(z.enum(['beyondMeeting', 'filingGained', 'filingLost'])),
})

const comparisonSchema = z.strictObject({
  from: localDateSchema,
  to: localDateSchema,
  /** What differs from the policy it is laid over. */
  settings: list(text),
  /** Floors of the law the settings break: enacted they cannot be, as they are. */
  floors: list(z.strictObject({ code: text, key: text, says: text })),
  /** Submitted in these days. */
  requests: z.int(),
  changed: z.int(),
  amount: moneySchema,
  musts: totalsSchema,
  villages: list(
    z.strictObject({
      ledger: text,
      name: text,
      requests: z.int(),
      changed: z.int(),
      /** Of the requests that would change. */
      amount: moneySchema,
      musts: totalsSchema,
      changes: list(changedSchema),
      authorities: list(authoritySchema),
    }),
  ),
})

const periodSchema = { from: localDateSchema.optional(), to: localDateSchema.optional() }
const common = {
  path: '/township/policy/comparison',
  tag: 'policy',
  access: 'township',
  answer: comparisonSchema,
  problems: ['queryInvalid', 'stopping'],
  atOnce: 1,
} as const

export function comparisonRoutes(api: Api): readonly Route[] {
  const turns = new InTurn()
  return [
    route({
      ...common,
      id: 'comparePolicy',
      method: 'post',
      summary: {
        zh: '试算政策：假如这样设置，过去一年的申请会怎样',
        en: 'what settings would have changed on the requests of a year; records nothing',
      },
      body: z.strictObject({
        ...periodSchema,
        settings: z.array(policySettingSchema).min(1).max(100),
      }),
      handle: (call) => {
        const { settings, ...period } = call.body
        const base = policyBase(api.reading, call.ledger.origin)
        return turned(api, turns, { ...call, proposed: checkPolicy(base, settings), period })
      },
    }),
    route({
      ...common,
      id: 'compareStandingPolicy',
      method: 'get',
      summary: {
        zh: '试算拟议中的政策：过去一年的申请会怎样',
        en: 'what the standing proposal would have changed on the requests of a year',
      },
      query: z.strictObject(periodSchema),
      problems: [...common.problems, 'noSuchThing'],
      handle: (call) => {
        const { proposal } = policyOf(api.reading, call.ledger.origin)
        if (proposal === undefined) return problem('noSuchThing')
        const { values } = proposal
        const base = policyBase(api.reading, call.ledger.origin)
        const proposed = checkPolicy(base, pairsOf(values))
        return turned(api, turns, { ...call, proposed, period: call.query })
      },
    }),
  ]
}

const pairsOf = (values: PolicyValues) =>
  Object.entries(values).flatMap(([key, value]) => {
    const pair = policySettingSchema.safeParse({ key, value })
    return pair.success ? [pair.data] : []
  })

interface Asked {
  readonly ledger: KnownLedger
  readonly language: Language
  readonly gone: () => AbortSignal
  readonly proposed: CheckedPolicy
  readonly period: { readonly from?: LocalDate | undefined; readonly to?: LocalDate | undefined }
}

type Answer = Reply<z.infer<typeof comparisonSchema>> | Problem

async function turned(api: Api, turns: InTurn, asked: Asked): Promise<Answer> {
  const { ledger, language, gone, proposed, period } = asked
  const to = period.to ?? api.rights.today()
  const from = period.from ?? addDays(to, 1 - DAYS_OF_A_YEAR)
  if (from > to) return problem('queryInvalid', { fields: 'from, to' })
  const left = gone()
  const { values, changed, faults } = proposed
  const villages = api.rights.ledgers().filter(({ township }) => township === ledger.origin)
  const ledgers = villages.map(({ origin }) => ({
    ledger: origin,
    entries: entriesOf(api.reading.ledgers, origin),
  }))
  // whoever left waits for nothing; a server that stops does not finish it
  const pause = async (): Promise<void> => {
    await setImmediate()
    left.throwIfAborted()
  }
  const compared = await turns
    .run('comparison', () => comparePolicyInPieces(ledgers, { values, from, to, pause }))
    .catch((error: unknown) => {
      if (left.aborted) return undefined
      throw error
    })
  if (compared === undefined) return problem('stopping')
  return {
    body: {
      from,
      to,
      settings: changed,
      floors: faults.map((one) => ({
        code: one.code,
        key: one.key,
        says: policyFaultText(one, language),
      })),
      requests: compared.requests,
      changed: compared.changed.length,
      amount: sum(compared.changed.map(({ amount }) => amount)),
      musts: totalsOf(compared.musts, language),
      villages: villages.map((village) => villageOf(api, village, { compared, language })),
    },
    headers: { 'Cache-Control': 'private, no-store' },
  }
}

const totalsOf = (counted: Comparison['musts'], language: Language) =>
  musts.map((must) => ({ must, title: mustNames[must][language], ...counted[must] }))

function villageOf(
  api: Api,
  village: KnownLedger,
  { compared, language }: { readonly compared: Comparison; readonly language: Language },
) {
  const { origin, name } = village
  const { names } = howOf(api, village, language)
  const nameOf = (company: string): string => names.organisation(company)
  const changed = compared.changed.filter(({ ledger }) => ledger === origin)
  const companies = compared.companies.filter(({ ledger }) => ledger === origin)
  return {
    ledger: origin,
    name,
    requests: companies.reduce((count, { requests }) => count + requests, 0),
    changed: changed.length,
    amount: sum(changed.map(({ amount }) => amount)),
    musts: totalsOf(together(companies.map((one) => one.musts)), language),
    changes: changed.map((one) => changedOf(one, nameOf, language)),
    authorities: compared.authorities
      .filter(({ ledger }) => ledger === origin)
      .map((one) => authorityOf(one, nameOf)),
  }
}

type Totals = Comparison['musts']

const together = (counts: readonly Totals[]): Totals => {
  const of = (must: Must) => {
    const added = { was: 0, would: 0, gained: 0, lost: 0 }
    for (const { [must]: one } of counts) {
      added.was += one.was
      added.would += one.would
      added.gained += one.gained
      added.lost += one.lost
    }
    return added
  }
  return {
    memberVote: of('memberVote'),
    boardReview: of('boardReview'),
    supervisorySignOff: of('supervisorySignOff'),
    townshipFiling: of('townshipFiling'),
    disciplineAudit: of('disciplineAudit'),
  }
}

function changedOf(
  { ledger: _ledger, changes, refused, company, ...one }: ChangedRequest,
  nameOf: (company: string) => string,
  language: Language,
) {
  const says = (sentence: Sentence): string => sentence[language]
  return {
    ...one,
    company,
    name: nameOf(company),
    changes: changes.map(({ must, change, was, would }) => ({
      must,
      title: says(mustNames[must]),
      change,
      was: says(was),
      would: says(would),
    })),
    ...(refused === undefined ? {} : { refused: { code: refused.code, why: says(refused.why) } }),
  }
}

const authorityOf = (
  { ledger: _ledger, company, ...one }: ChangedAuthority,
  nameOf: (company: string) => string,
) => ({ ...one, company, name: nameOf(company) })
