// A preview in the caller's language: each must with its reason and ground, papers by name, refusals with what to do.
import type { RouteStation } from '../../workflows/request/v1/route.ts'
import type { AnsweredLine, Foreseen } from '../../workflows/request/v1/preview.ts'
import { alertColours, alertRules } from '../domain/alert.ts'
import { papers } from '../domain/expense.ts'
import type { FormFault } from '../domain/draft-form.ts'
import { fill, type Language } from '../domain/language.ts'
import { atLeast, inCapitals, minus, type Money, most, sumWithin, zero } from '../domain/money.ts'
import { mustNames } from '../domain/must.ts'
import { type PolicyKey, presetValues, type PolicyValues } from '../domain/policy.ts'
import { policyKeys } from '../domain/policy-keys.ts'
import { authorityKindNames } from '../domain/places.ts'
import { explain } from '../domain/refusal.ts'
import { demandNames } from './names.ts'
import type { Preview } from './preview.ts'
import { groundOf } from './preview-grounds.ts'
import type { Names } from './read/names.ts'
import { groundWords } from './read/policy.ts'
import { valueWords } from './read/policy-words.ts'

interface How {
  readonly names: Names
  readonly language: Language
}

export interface PreviewView {
  readonly on?: string
  readonly amount?: { readonly figure: Money; readonly capitals: string }
  readonly policy?: { readonly id: string; readonly from: string }
  readonly route: readonly StationView[]
  readonly signOff?: 'all' | 'majorityAndChair'
  readonly facts?: FactsView
  readonly papers?: {
    readonly decision: readonly PaperView[]
    readonly voucher: readonly PaperView[]
  }
  readonly alerts: readonly AlertAhead[]
  readonly refusals: readonly {
    readonly code: string
    readonly reason: string
    readonly remedy: string
  }[]
  readonly missing: readonly string[]
  readonly faults: readonly FormFault[]
  /** Nothing is missing, and nothing stands in the way. */
  readonly ready: boolean
}

export interface StationView {
  readonly must: string
  readonly name: string
  readonly demand: string
  readonly demandName: string
  readonly rule: string
  readonly reason: string
  readonly ground: {
    readonly clause: string
    readonly basis?: string
    readonly keys: readonly {
      readonly key: string
      readonly title: string
      readonly value: string
      readonly ground: string
    }[]
  }
}

export interface FactsView {
  readonly days: number
  readonly from: string
  /** Of the others in the window. */
  readonly others: Money
  readonly parts: readonly {
    readonly request: string
    readonly amount: Money
    readonly on: string
  }[]
  readonly related: boolean
  readonly relatedPersons: readonly { readonly person: string; readonly name: string }[]
  readonly headInvolved: boolean
  readonly authority?: {
    readonly title: string
    readonly kind: string
    readonly ceiling: Money
    readonly left: Money
    /** After this request; absent where it is not enough. */
    readonly leftAfter?: Money
    readonly from: string
    readonly to: string
  }
}

export interface PaperView {
  readonly choices: readonly { readonly paper: string; readonly name: string }[]
  readonly signers?: number
  readonly there: boolean
}

export interface AlertAhead {
  readonly risk: string
  readonly colour: string
  readonly colourName: string
  readonly title: string
  readonly seen: string
  readonly look: string
  readonly others: readonly string[]
}

export function previewView(found: Preview, how: How): PreviewView {
  const { language } = how
  const { today, amount, policy, route = [], signOff, papers: lines, refusals, ...rest } = found
  const { missing, faults, alerts } = rest
  const facts = factsView(found, how)
  return {
    ...(today === undefined ? {} : { on: today }),
    ...(amount === undefined ? {} : { amount: { figure: amount, capitals: inCapitals(amount) } }),
    ...(policy === undefined ? {} : { policy: { id: policy.id, from: policy.from } }),
    route: route.map((one) => stationView(one, policy?.values ?? presetValues, language)),
    ...(signOff === undefined ? {} : { signOff }),
    ...(facts === undefined ? {} : { facts }),
    ...(lines === undefined
      ? {}
      : {
          papers: {
            decision: lines.decision.map((line) => paperView(line, language)),
            voucher: lines.voucher.map((line) => paperView(line, language)),
          },
        }),
    alerts: alerts.map((one) => alertAhead(one, language)),
    refusals: refusals.map((refusal) => {
      const { no, remedy } = explain(refusal, language)
      return { code: refusal.code, reason: no, remedy }
    }),
    missing,
    faults,
    ready: refusals.length === 0 && missing.length === 0 && faults.length === 0,
  }
}

function stationView(
  { must, demand, rule, reason }: RouteStation,
  values: PolicyValues,
  language: Language,
): StationView {
  const { clause, basis, keys } = groundOf(must, rule)
  return {
    must,
    name: mustNames[must][language],
    demand,
    demandName: demandNames[demand][language],
    rule,
    reason: reason[language],
    ground: {
      clause,
      ...(basis === undefined ? {} : { basis: basis[language] }),
      keys: keys.map((key) => keyView(key, values, language)),
    },
  }
}

const keyView = (key: PolicyKey, values: PolicyValues, language: Language) => ({
  key,
  title: policyKeys[key].title[language],
  value: valueWords(key, values[key], language),
  ground: groundWords(key, language),
})

function factsView({ beside, policy, authority, amount }: Preview, { names, language }: How) {
  if (beside === undefined || policy === undefined) return undefined
  const { parts, from, related, relatedPersons, headInvolved } = beside
  return {
    days: policy.values['window.days'],
    from,
    others: sumWithin(parts.map((part) => part.amount)) ?? most,
    parts,
    related,
    relatedPersons: relatedPersons.map((person) => ({ person, name: names.person(person) })),
    headInvolved,
    ...(authority === undefined
      ? {}
      : { authority: authorityAhead(authority, amount ?? zero, language) }),
  }
}

function authorityAhead(
  { terms, left }: NonNullable<Foreseen['authority']>,
  amount: Money,
  language: Language,
) {
  const { title, kind, ceiling, from, to } = terms
  return {
    title,
    kind: authorityKindNames[kind][language],
    ceiling,
    left,
    ...(atLeast(left, amount) ? { leftAfter: minus(left, amount) } : {}),
    from,
    to,
  }
}

const paperView = ({ choices, signers, there }: AnsweredLine, language: Language): PaperView => ({
  choices: choices.map((paper) => ({ paper, name: papers[paper][language] })),
  ...(signers === undefined ? {} : { signers }),
  there,
})

function alertAhead(
  { rule, colour, params, requests, elsewhere = [] }: Foreseen['alerts'][number],
  language: Language,
): AlertAhead {
  const { risk, title, seen, look } = alertRules[rule]
  return {
    risk,
    colour,
    colourName: alertColours[colour][language],
    title: title[language],
    seen: fill(seen[language], params),
    look: look[language],
    others: [...requests, ...elsewhere.map((one) => `${one.ledger} ${one.request}`)],
  }
}
