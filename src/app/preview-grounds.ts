// What a must rests on where a preview names it (law §3): the clause, the statute or local paper behind it, and the keys of the
// policy that drew the line.
import { routeRules, type RouteRule } from '../../workflows/request/v1/route.ts'
import type { Sentence } from '../domain/language.ts'
import type { Must } from '../domain/must.ts'
import type { PolicyKey } from '../domain/policy.ts'

export interface RouteGround {
  /** Of docs/law.md. */
  readonly clause: string
  /** Absent where only the policy's own grounds speak. */
  readonly basis?: Sentence
  readonly keys: readonly PolicyKey[]
}

const lineOf: Partial<Record<Must, PolicyKey>> = {
  memberVote: 'tier.majorFrom',
  boardReview: 'tier.boardFrom',
  townshipFiling: 'tier.largeFrom',
}
const clauseOf: Readonly<Record<Must, string>> = {
  memberVote: '3.3',
  boardReview: '3.4',
  supervisorySignOff: '3.5',
  townshipFiling: '3.6',
  disciplineAudit: '3.5',
}

const system: Sentence = { zh: '“五个必经”制度', en: 'the five-musts rules' }
const said = (zh: string, en: string): Sentence => ({ zh, en })

/** Rules that rest on something beside a line of the policy. */
const bases: Partial<Record<RouteRule, { readonly basis: Sentence; readonly clause?: string }>> = {
  'always.signOff': { basis: system },
  'always.audit': { basis: system },
  'always.strict': { basis: system, clause: '3.7' },
  'matter.reserved': {
    basis: said(
      '农村集体经济组织法第26条；浙江省农村集体资产管理条例第17条',
      'Rural Collective Economic Organisations Law, Art. 26; Zhejiang Rural Collective Assets Regulations, Art. 17',
    ),
  },
  'matter.lending': {
    basis: said(
      '浙江省农村集体资产管理条例第17条',
      'Zhejiang Rural Collective Assets Regulations, Art. 17',
    ),
    clause: '2.25',
  },
  'matter.contract': { basis: system, clause: '4.5' },
  'party.related': {
    basis: said('公司法第182条、第185条', 'Company Law, Art. 182 and 185'),
  },
  'head.involved': { basis: system, clause: '2.10' },
  'authority.covers': { basis: system, clause: '4.2' },
  'emergency.defers': { basis: system, clause: '3.10' },
  'emergency.deferred': { basis: system, clause: '3.11' },
}

export function groundOf(must: Must, rule: string): RouteGround {
  const known = Object.hasOwn(routeRules, rule) ? (rule as RouteRule) : undefined
  const { basis, clause = clauseOf[must] } = (known === undefined ? undefined : bases[known]) ?? {}
  return { clause, ...(basis === undefined ? {} : { basis }), keys: keysOf(must, known) }
}

function keysOf(must: Must, rule: RouteRule | undefined): readonly PolicyKey[] {
  const line = lineOf[must]
  const lines = line === undefined ? [] : [line]
  switch (rule) {
    case 'amount.reaches':
      return lines
    case 'rollingSum.reaches':
    case 'amount.below':
      return [...lines, 'window.days']
    case 'amount.daily':
      return ['tier.dailyMax', ...lines, 'window.days']
    case 'always.strict':
      return ['route.preset']
    case 'emergency.defers':
      return ['emergency.causes', 'emergency.ceiling']
    default:
      return []
  }
}
