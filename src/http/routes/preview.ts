// Before anything is submitted: which musts a form would meet and why, what it still lacks, what it would be refused for;
// and what is known of its payee. Nothing here writes.
import { z } from 'zod'
import { officesToTry } from '../../app/acting.ts'
import { nextStream } from '../../app/begin.ts'
import { budgets, payeeHistory } from '../../app/payee-history.ts'
import { preview, type Previewing } from '../../app/preview.ts'
import { previewView } from '../../app/preview-view.ts'
import type { KnownLedger } from '../../app/rights.ts'
import { draftFormSchema } from '../../domain/draft-form.ts'
import type { By } from '../../domain/entry.ts'
import {
  officeIdSchema,
  type OrganisationId,
  organisationIdSchema,
  personIdSchema,
  requestIdSchema,
  requestStream,
} from '../../domain/ids.ts'
import { fromFen } from '../../domain/money.ts'
import { authorityKindNames } from '../../domain/places.ts'
import { lookingAs } from '../acting.ts'
import type { Api } from '../api.ts'
import { howOf } from '../looking.ts'
import { problem } from '../problem.ts'
import { type Route, route } from '../route.ts'
import { amount, list, text, village } from '../schemas.ts'
import type { Viewer } from '../viewer.ts'

const stationSchema = z.strictObject({
  must: text,
  name: text,
  demand: text,
  demandName: text,
  rule: text,
  reason: text,
  ground: z.strictObject({
    clause: text,
    basis: text.optional(),
    keys: list(z.strictObject({ key: text, title: text, value: text, ground: text })),
  }),
})

const part = z.strictObject({ request: text, amount, on: text })

const factsSchema = z.strictObject({
  days: z.int(),
  from: text,
  others: amount,
  parts: list(part),
  related: z.boolean(),
  relatedPersons: list(z.strictObject({ person: text, name: text })),
  headInvolved: z.boolean(),
  authority: z
    .strictObject({
      title: text,
      kind: text,
      ceiling: amount,
      left: amount,
      leftAfter: amount.optional(),
      from: text,
      to: text,
    })
    .optional(),
})

const paperSchema = z.strictObject({
  choices: list(z.strictObject({ paper: text, name: text })),
  signers: z.int().optional(),
  there: z.boolean(),
})

export const formFaultSchema = z.strictObject({ path: text, code: text, detail: text })

const previewSchema = z.strictObject({
  on: text.optional(),
  amount: z.strictObject({ figure: amount, capitals: text }).optional(),
  policy: z.strictObject({ id: text, from: text }).optional(),
  route: list(stationSchema),
  signOff: z.enum(['all', 'majorityAndChair']).optional(),
  facts: factsSchema.optional(),
  papers: z.strictObject({ decision: list(paperSchema), voucher: list(paperSchema) }).optional(),
  alerts: list(
    z.strictObject({
      risk: text,
      colour: text,
      colourName: text,
      title: text,
      seen: text,
      look: text,
      others: list(text),
    }),
  ),
  refusals: list(z.strictObject({ code: text, reason: text, remedy: text })),
  missing: list(text),
  faults: list(formFaultSchema),
  ready: z.boolean(),
})

const budgetSchema = z.strictObject({
  authority: text,
  title: text,
  kind: text,
  kindName: text,
  from: text,
  to: text,
  ceiling: amount,
  reserved: amount,
  drawn: amount,
  left: amount,
  contract: text,
  ofPayee: z.boolean(),
})

const historySchema = z.strictObject({
  keys: list(text),
  window: z.strictObject({ days: z.int(), from: text, sum: amount, parts: list(part) }),
  related: z.boolean(),
  requests: list(
    z.strictObject({
      request: text,
      submittedOn: text,
      amount,
      purpose: text,
      category: text,
      state: text,
      outcome: text,
      route: text,
      payeeName: text,
    }),
  ),
  budgets: list(budgetSchema),
})

/** A payee as far as it is known: by account, name and tax number, by person, or by the category of a list. */
const payeeQuery = z.strictObject({
  company: organisationIdSchema,
  account: z
    .string()
    .regex(/^\d{6,32}$/)
    .optional(),
  taxNo: z
    .string()
    .regex(/^[0-9A-Z]{15,20}$/)
    .optional(),
  name: z.string().trim().min(1).max(100).optional(),
  person: z.string().max(40).optional(),
})

export const previewRoutes = (api: Api): readonly Route[] => [
  previewRoute(api),
  payeeRoute(api),
  budgetRoute(api),
]

const previewRoute = (api: Api): Route =>
  route({
    id: 'previewRequest',
    method: 'post',
    path: '/villages/{village}/requests/preview',
    tag: 'request',
    summary: { zh: '事前预览：五个必经与所需资料', en: 'what submitting a form would meet' },
    access: 'village',
    params: z.object(village),
    /** Of a request that was returned: looked at as its resubmission. */
    query: z.strictObject({ request: requestIdSchema.optional() }),
    body: draftFormSchema,
    answer: previewSchema,
    handle: async ({ ledger, viewer, language, query, body: form }) => {
      const stream =
        query.request === undefined ? {} : { stream: requestStream(query.request), again: true }
      const asking = { ...askingAs(api, { ledger, viewer, company: form.company }), ...stream }
      const found = await preview(api.context, { ...asking, form })
      return { body: previewView(found, howOf(api, ledger, language)) }
    },
  })

const payeeRoute = (api: Api): Route =>
  route({
    id: 'showPayeeHistory',
    method: 'get',
    path: '/villages/{village}/payees',
    tag: 'request',
    summary: { zh: '收款人往来与可用额度', en: 'what went to a payee, and its ceilings' },
    access: 'village',
    params: z.object(village),
    query: payeeQuery,
    answer: historySchema,
    handle: async ({ ledger, viewer, language, query: { company, ...who } }) => {
      const payee = payeeOf(who)
      if (payee === undefined) return problem('queryInvalid', { fields: 'account, name, person' })
      const asking = askingAs(api, { ledger, viewer, company })
      const on = api.rights.today()
      const found = await payeeHistory(api, { ...asking, company, payee, on })
      if (found === undefined) return problem('noSuchThing')
      const requests = found.requests.map(({ amountFen, ...row }) => ({
        request: row.request,
        submittedOn: row.submittedOn,
        amount: fromFen(amountFen),
        purpose: row.purpose,
        category: row.category,
        state: row.state,
        outcome: row.outcome,
        route: row.route,
        payeeName: row.payeeName,
      }))
      const shown = found.budgets.map((one) => budgetShown(one, language))
      return { body: { ...found, requests, budgets: shown } }
    },
  })

const budgetRoute = (api: Api): Route =>
  route({
    id: 'listBudgets',
    method: 'get',
    path: '/villages/{village}/budgets',
    tag: 'authority',
    summary: { zh: '可用额度', en: 'ceilings that can be drawn today' },
    access: 'village',
    params: z.object(village),
    query: z.strictObject({ company: organisationIdSchema.optional() }),
    answer: z.strictObject({ budgets: list(budgetSchema) }),
    handle: async ({ ledger: { origin }, language, query: { company } }) => {
      const on = api.rights.today()
      const found = await budgets(api.reading, { ledger: origin, company, on })
      return { body: { budgets: found.map((one) => budgetShown(one, language)) } }
    },
  })

const budgetShown = (one: Awaited<ReturnType<typeof budgets>>[number], language: 'zh' | 'en') => ({
  ...one,
  kindName: authorityKindNames[one.kind][language],
})

function payeeOf({ account, taxNo, name, person }: Omit<z.infer<typeof payeeQuery>, 'company'>) {
  if (person !== undefined) return { type: 'person', person }
  // a bank tells nobody apart
  const bank = '-'
  if (account !== undefined)
    return {
      type: 'firm',
      account,
      bank,
      name: name ?? account,
      ...(taxNo === undefined ? {} : { taxNo }),
    }
  return name === undefined ? undefined : { type: 'unregistered', name }
}

interface Asking {
  readonly viewer: Viewer
  readonly ledger: KnownLedger
  readonly company: string | undefined
}

/** As the company's reporting clerk where the caller is one, else in any office they hold: then they are told whose it is. */
function askingAs(api: Api, { viewer, ledger, company }: Asking): Omit<Previewing, 'form'> {
  const { clock, reading, freshId } = api
  const numbers = { ledgers: reading.ledgers, clock }
  return {
    id: freshId(),
    ledger: ledger.origin,
    stream: nextStream(numbers, ledger.origin, 'request'),
    by: clerkOf(api, { viewer, ledger, company }),
  }
}

/** An administrator who stands in no roster. */
const nobody: By = {
  auth: 'password',
  office: officeIdSchema.parse('o_0000'),
  person: personIdSchema.parse('p_0000'),
}

function clerkOf(api: Api, { viewer, ledger, company }: Asking): By {
  const acting = lookingAs(api, { viewer, ledger })
  if (acting === undefined) return nobody
  const { offices } = acting
  const clerk = offices.filter(
    ({ kind, organisation }) =>
      kind === 'reportingClerk' && organisation === (company as OrganisationId | undefined),
  )
  const [by] = officesToTry('request.submit', {
    ...acting,
    offices: clerk.length > 0 ? clerk : offices,
  })
  return by ?? { auth: acting.auth, office: nobody.office, person: acting.person }
}
