// The acts of the cast, each as the office it is for asks it; and who comes to hold which office.
import type { OrganisationId, PersonId } from '../../src/domain/ids.ts'
import type { OfficeKind } from '../../src/domain/office.ts'
import type { Asking, LawWorld } from './law.ts'
import { by, coop, g, o, p, town, village } from './law-cast.ts'
import {
  all,
  asked,
  because,
  booked,
  form,
  paid,
  returning,
  standing,
  vouchers,
} from './request-cast.ts'

const roster = (type: string, input: object, keeper = 'head', ledger = village): Asking => ({
  ledger,
  stream: 'roster',
  type,
  by: by(keeper),
  input,
})
export const vacate = (office: string, keeper = 'head'): Asking =>
  roster('office.vacate', { office: o(office), reason: '离任' }, keeper)
export const appoint = (office: string, person: PersonId, keeper = 'head'): Asking =>
  roster('office.appoint', { office: o(office), person, from: '2026-03-02' }, keeper)
export const openOffice = (
  office: string,
  kind: OfficeKind,
  organisation: OrganisationId,
): Asking => roster('office.open', { office: o(office), kind, organisation })
export const inTown = (asking: Asking): Asking => ({ ...asking, ledger: town })
export const declare = (type: 'relatives' | 'control', input: object): Asking =>
  roster(`${type}.declare`, input)

/** Two persons declared near relatives. */
export const near = (a: string, b: string) =>
  declare('relatives', { pairs: [{ a: p(a), b: p(b), relation: 'spouse' }] })

/** A second company of the cooperative. */
export const registerCompany = (name: string): Asking =>
  roster('organisation.register', {
    kind: 'company',
    organisation: g(name),
    name: '二公司',
    owner: coop,
  })

/** One after another in an office of the village, or of the township. */
export const succeed = (world: LawWorld, office: string, name: string): LawWorld =>
  all(world, vacate(office), appoint(office, p(name)))
export const succeedInTown = (world: LawWorld, office: string, name: string): LawWorld =>
  all(world, inTown(vacate(office)), inTown(appoint(office, p(name))))

/** `acts` of the cast, each by whom it is for. */
export const handle = asked('request.handle', 'handler')
export const witness = asked('request.witness', 'witness')
export const issue = asked('request.issue', 'chead')
export const complete = asked('papers.complete', 'clerk')
export const sign = (office: string): Asking => asked('supervisorySignOff.sign', office)
export const object = (office: string): Asking =>
  asked('supervisorySignOff.object', office, because)
export const accept = asked('townshipFiling.accept', 'officer')
export const consent = asked('townshipFiling.consent', 'head', because)
export const refuseFiling = asked('townshipFiling.refuse', 'head', because)
export const order = asked('payment.order', 'cashier')
export const record = asked('payment.record', 'cashier', paid)
export const fail = asked('payment.fail', 'cashier', because)
export const book = asked('booking.record', 'book', booked)
export const withdraw = asked('request.withdraw', 'chead', because)
export const turnBack = (office: string): Asking => asked('request.return', office, returning)
export const propose = asked('suspension.propose', 'inspector1', {
  ...because,
  basis: '镇纪委〔2026〕3号',
})
export const suspend = asked('suspension.order', 'head', because)
/** On reasons of its own. */
export const renew = asked('suspension.renew', 'head', { reason: '对账尚未完成' })
export const lift = asked('suspension.lift', 'head', because)
export const lapse = asked('suspension.lapse', 'clerk')
/** An inspector proposed it, the head of the centre ordered it. */
export const suspending: readonly Asking[] = [propose, suspend]
export const addEvidence = asked('evidence.add', 'clerk', vouchers)
/** Resubmits the form of 60,000 with the change. */
export const resubmit = (change: Record<string, unknown> = {}): Asking =>
  asked('request.resubmit', 'clerk', form({ amount: '60000.00', ...change }))

/** A request at `where`, and what happened then. */
export const at =
  (where: string, ...then: readonly Asking[]) =>
  (): LawWorld =>
    all(standing(where), ...then)
/** The same, and somebody came to hold that office of the village, or of the township. */
export const held = (where: string, office: string, name: string) => () =>
  succeed(standing(where), office, name)
export const heldInTown = (where: string, office: string, name: string) => () =>
  succeedInTown(standing(where), office, name)

/** A form with the papers added since submission: leaving them out would be taking evidence away. */
export const kept = { evidence: [...form().evidence, ...vouchers.evidence] }
/** A correction that voids nothing. */
export const small = { budgetLine: '维修维护' }
