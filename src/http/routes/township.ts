// Policy and roster, of a village and of the township.
import { z } from 'zod'
import { proposalView } from '../../app/read/policy-proposal.ts'
import { policyView } from '../../app/read/policy.ts'
import type { KnownLedger } from '../../app/rights.ts'
import { officeKinds } from '../../domain/office.ts'
import type { Api } from '../api.ts'
import { howOf, nowOf, stoodAt } from '../looking.ts'
import { canOf, type Looking } from '../possible.ts'
import { type Problem, problem } from '../problem.ts'
import { type Reply, type Route, route } from '../route.ts'
import { canSchema, list, text, village } from '../schemas.ts'

const done = { person: text, who: text, at: text }

const proposalSchema = z.strictObject({
  ...done,
  settings: list(z.strictObject({ key: text, title: text, was: text, value: text })),
  basis: text,
  reason: text.optional(),
  /** Absent: with its enactment. */
  from: text.optional(),
  clears: text.optional(),
  clearances: list(z.strictObject({ ...done, document: text, on: text })),
  endorsements: list(z.strictObject({ ...done, as: text, remark: text.optional() })),
  opinions: list(z.strictObject({ ...done, opinion: text })),
})

const policySchema = z.strictObject({
  ledger: text,
  id: text.optional(),
  from: text.optional(),
  rule: z.strictObject({ version: z.int(), from: text, meeting: text, item: text }).optional(),
  values: list(
    z.strictObject({
      key: text,
      title: text,
      setting: z.union([text, z.number(), z.boolean()]),
      value: text,
      ground: text,
      layer: z.enum(['shipped', 'township', 'village']),
      setBy: text,
    }),
  ),
  /** The change under way, where there is one. */
  proposal: proposalSchema.optional(),
  /** Of the policy's own stream; absent where nothing was ever recorded on it. */
  revision: z.int().optional(),
  can: canSchema,
})

const rosterSchema = z.strictObject({
  ledger: text,
  name: text,
  code: text,
  revision: z.int(),
  confirmed: z.boolean(),
  organisations: list(
    z.strictObject({
      organisation: text,
      kind: text,
      name: text,
      code: text.optional(),
      owner: text.optional(),
    }),
  ),
  offices: list(
    z.strictObject({
      office: text,
      kind: text,
      title: text,
      organisation: text,
      chair: z.boolean(),
      holder: z
        .strictObject({ person: text, name: text, from: text, to: text.optional() })
        .optional(),
    }),
  ),
  /** How many households and members; who they are is not told here. */
  households: z.int(),
  members: z.int(),
  mandates: list(
    z.strictObject({
      mandate: text,
      office: text,
      represented: text,
      deputy: text,
      from: text,
      to: text,
      musts: list(text),
      upTo: text.optional(),
      revoked: z.boolean(),
    }),
  ),
  can: canSchema,
})

export const townshipRoutes = (api: Api): readonly Route[] => [
  route({
    id: 'showVillagePolicy',
    method: 'get',
    path: '/villages/{village}/policy',
    tag: 'policy',
    summary: { zh: '本村适用的政策', en: 'the policy in force in a village' },
    access: 'village',
    params: z.object(village),
    answer: policySchema,
    handle: (call) => policyPage(api, call),
  }),
  route({
    id: 'showTownshipPolicy',
    method: 'get',
    path: '/township/policy',
    tag: 'policy',
    summary: { zh: '本镇的政策', en: "the township's policy" },
    access: 'township',
    answer: policySchema,
    handle: (call) => policyPage(api, call),
  }),
  route({
    id: 'showVillageRoster',
    method: 'get',
    path: '/villages/{village}/roster',
    tag: 'roster',
    summary: { zh: '一个村的花名册', en: 'the roster of a village' },
    access: 'village',
    params: z.object(village),
    answer: rosterSchema,
    handle: (call) => rosterPage(api, call),
  }),
  route({
    id: 'showTownshipRoster',
    method: 'get',
    path: '/township/roster',
    tag: 'roster',
    summary: { zh: '本镇的花名册', en: "the township's roster" },
    access: 'township',
    answer: rosterSchema,
    handle: (call) => rosterPage(api, call),
  }),
]

async function policyPage(
  api: Api,
  looking: Looking,
): Promise<Reply<z.infer<typeof policySchema>>> {
  const { ledger, language } = looking
  const { origin, township } = ledger
  const view = policyView(api.reading, { ledger: origin, township, at: nowOf(api) }, language)
  const proposal = proposalView(api.reading, origin, howOf(api, ledger, language))
  const stood = stoodAt(api, ledger, 'policy')
  const entries = stood?.entries ?? []
  const can = await canOf(api, looking, { stream: 'policy', entries })
  return stood === undefined
    ? { body: { ...view, can } }
    : {
        body: {
          ...view,
          ...(proposal === undefined ? {} : { proposal }),
          can,
          revision: stood.revision,
        },
        headers: stood.headers,
      }
}

async function rosterPage(
  api: Api,
  looking: Looking,
): Promise<Reply<z.infer<typeof rosterSchema>> | Problem> {
  const { ledger } = looking
  const stood = stoodAt(api, ledger, 'roster')
  if (stood === undefined) return problem('noSuchThing')
  const can = await canOf(api, looking, { stream: 'roster', entries: stood.entries })
  const { confirmed, households, members } = ledger.roster
  return {
    body: {
      ledger: ledger.origin,
      name: ledger.name,
      code: ledger.code,
      revision: stood.revision,
      confirmed,
      ...seatsOf(api, looking),
      mandates: mandatesOf(ledger),
      households: households.size,
      members: members.size,
      can,
    },
    headers: stood.headers,
  }
}

function seatsOf(api: Api, { ledger, language }: Looking) {
  const { names } = howOf(api, ledger, language)
  const { organisations, offices } = ledger.roster
  return {
    organisations: [...organisations.values()].map(({ id, ...rest }) => ({
      organisation: id,
      ...rest,
    })),
    offices: [...offices.values()].map(({ id, kind, organisation, chair, holder }) => ({
      office: id,
      kind,
      title: officeKinds[kind][language],
      organisation,
      chair,
      ...(holder === undefined ? {} : { holder: { ...holder, name: names.person(holder.person) } }),
    })),
  }
}

const mandatesOf = ({ roster }: KnownLedger) =>
  [...roster.mandates.values()].map(({ id, ...terms }) => ({ mandate: id, ...terms }))
