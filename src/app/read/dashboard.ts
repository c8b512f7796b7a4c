// Figures (统计) as a page: of requests and money, of the musts, of what was sent back, found, waits and was noticed. Each
// names the filter that lists the requests behind it; what stands now (findings, tasks, alerts, authorities) knows no
// period.
import { alertColours, alertRules } from '../../domain/alert.ts'
import { categories, papers } from '../../domain/expense.ts'
import { findingKinds } from '../../domain/finding.ts'
import type { Origin } from '../../domain/ids.ts'
import type { Language, Sentence } from '../../domain/language.ts'
import { fromFen, type Money } from '../../domain/money.ts'
import { mustNames } from '../../domain/must.ts'
import { authorityKindNames, requestPlaces } from '../../domain/places.ts'
import type { LocalDate } from '../../domain/time.ts'
import { actName } from '../act-names.ts'
import { alertStateNames, requestOutcomes } from '../names.ts'
import type {
  AuthorityFigure,
  FigureFilter,
  Figures,
  Lateness,
  RequestFigure,
  StayFigure,
  TaskFigure,
} from '../../domain/figures.ts'
import { formTitle } from './request.ts'

/** What to put into the query of the list of requests; nothing where the figure leads to none. */
export type Link = Readonly<Record<string, string>>

export interface DashboardAsked {
  readonly ledgers: readonly {
    readonly origin: Origin
    readonly code: string
    readonly name: string
  }[]
  readonly company?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Of one village authorities stand one by one, of a township by kind, and beside them the villages. */
  readonly wide: boolean
}

export interface DashboardHow {
  readonly language: Language
  readonly organisation: (id: string) => string
  readonly today: LocalDate
  readonly lateness: (ledger: Origin) => Lateness
}

export async function dashboardView(figures: Figures, asked: DashboardAsked, how: DashboardHow) {
  const { ledgers, company, from, to } = asked
  const filter: FigureFilter = { ledgers: ledgers.map(({ origin }) => origin), company, from, to }
  return {
    ...(await ofRequests(figures, asked, { filter, how })),
    musts: await ofMusts(figures, filter, how),
    returns: await ofReturns(figures, filter, how),
    ...(await ofFindings(figures, filter, how)),
    tasks: await ofTasks(figures, asked, how),
    alerts: await ofAlerts(figures, filter, how),
    authorities: await ofAuthorities(figures, asked, { filter, how }),
  }
}

interface Working {
  readonly filter: FigureFilter
  readonly how: DashboardHow
}

/** What every figure of the page is narrowed by. */
const ofPeriod = ({ company, from, to }: FigureFilter): Link => ({
  ...ofCompany({ company }),
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
})
const ofCompany = ({ company }: Pick<FigureFilter, 'company'>): Link =>
  company === undefined ? {} : { company }

async function ofRequests(
  figures: Figures,
  { ledgers, wide }: DashboardAsked,
  { filter, how: { language, organisation } }: Working,
) {
  const common = ofPeriod(filter)
  const by = async (
    key: Parameters<Figures['requests']>[0],
    title: (of: string) => string,
    link: (of: string) => Link = (of) => ({ [key]: of }),
  ) => {
    const found = await figures.requests(key, filter)
    return found.map((one) => shown(one, title(one.of), { ...common, ...link(one.of) }))
  }
  const named = (names: Readonly<Record<string, Sentence>>) => (of: string) =>
    names[of]?.[language] ?? of
  const village = (origin: string) => ledgers.find((one) => one.origin === origin)
  const byState = await by('state', named(requestPlaces))
  return {
    total: {
      requests: byState.reduce((all, { requests }) => all + requests, 0),
      amount: fromFen((await figures.requests('outcome', filter)).reduce(sumFen, 0)),
      filter: common,
    },
    byVillage: wide
      ? await by(
          'ledger',
          (of) => village(of)?.name ?? of,
          (of) => ({ village: village(of)?.code ?? '' }),
        )
      : [],
    byMonth: await by('month', (of) => of),
    byCompany: await by('company', organisation),
    byCategory: await by('category', named(categories)),
    byState,
    byOutcome: await by('outcome', named(requestOutcomes)),
  }
}

const sumFen = (all: number, { amountFen }: RequestFigure): number => all + amountFen

export interface FigureView {
  readonly of: string
  readonly title: string
  readonly requests: number
  readonly amount: Money
  readonly filter: Link
}

const shown = (
  { of, requests, amountFen }: RequestFigure,
  title: string,
  filter: Link,
): FigureView => ({ of, title, requests, amount: fromFen(amountFen), filter })

async function ofMusts(figures: Figures, filter: FigureFilter, { language }: DashboardHow) {
  const found = await figures.musts(filter)
  return found.map(({ must, stays, requests, median, ninth, worst }) => {
    const link = { ...ofPeriod(filter), stayed: must }
    const reaching = ({ seconds, requests: reached }: StayFigure) => ({
      seconds,
      requests: reached,
      filter: { ...link, stayedAtLeast: String(seconds) },
    })
    const { ledger, request } = worst
    return {
      must,
      title: mustNames[must][language],
      stays,
      requests,
      filter: link,
      median: reaching(median),
      ninth: reaching(ninth),
      worst: { ...reaching(worst), ledger, request },
    }
  })
}

async function ofReturns(figures: Figures, filter: FigureFilter, { language }: DashboardHow) {
  const found = await figures.returns(filter)
  return found.map(({ place, field, returns, requests }) => ({
    place,
    placeTitle: placeTitle(place, language),
    field,
    fieldTitle: fieldTitle(field, language),
    returns,
    requests,
    filter: { ...ofPeriod(filter), returnedFrom: place, returnedFor: field },
  }))
}

/** A field of the form, or a paper that should go with it. */
function fieldTitle(field: string, language: Language): string {
  const known: Readonly<Record<string, Sentence>> = papers
  return known[field]?.[language] ?? formTitle(field, language)
}

const between: Readonly<Record<string, Sentence>> = {
  issuing: { zh: '签发', en: 'issuing' },
  papers: { zh: '补齐资料', en: 'papers' },
  payment: { zh: '付款', en: 'payment' },
}

/** A must, or a place between musts. */
function placeTitle(place: string, language: Language): string {
  const known: Readonly<Record<string, Sentence>> = { ...between, ...mustNames }
  return known[place]?.[language] ?? place
}

async function ofFindings(
  figures: Figures,
  filter: FigureFilter,
  { language, today }: DashboardHow,
) {
  const found = await figures.findings(filter, today)
  const all = await figures.openFindings(filter)
  const common = ofCompany(filter)
  return {
    openFindings: { ...all, filter: { ...common, findings: 'open' } },
    findings: found.map(({ kind, late, lateRequests, ...rest }) => ({
      kind,
      title: findingKinds[kind as keyof typeof findingKinds]?.[language] ?? kind,
      ...rest,
      filter: { ...common, findings: 'open', findingKind: kind },
      late: {
        findings: late,
        requests: lateRequests,
        filter: { ...common, findings: 'late', findingKind: kind },
      },
    })),
  }
}

async function ofTasks(
  figures: Figures,
  { ledgers, company }: DashboardAsked,
  { language, lateness }: DashboardHow,
) {
  const acts = new Map<string, Omit<TaskFigure, 'act'>>()
  for (const { origin: ledger } of ledgers) {
    for (const { act, ...own } of await figures.tasks({ ledger, company }, lateness(ledger))) {
      const known = acts.get(act)
      acts.set(act, known === undefined ? own : added(known, own))
    }
  }
  const common = ofCompany({ company })
  const ordered = [...acts].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return ordered.map(([act, { late, lateRequests, ...rest }]) => ({
    act,
    title: actName(act, language),
    ...rest,
    filter: { ...common, waitsFor: act },
    late: {
      waiting: late,
      requests: lateRequests,
      filter: { ...common, waitsFor: act, late: 'true' },
    },
  }))
}

type Counts = Omit<TaskFigure, 'act'>
const added = (a: Counts, b: Counts): Counts => ({
  waiting: a.waiting + b.waiting,
  requests: a.requests + b.requests,
  late: a.late + b.late,
  lateRequests: a.lateRequests + b.lateRequests,
})

async function ofAlerts(figures: Figures, filter: FigureFilter, { language }: DashboardHow) {
  const found = await figures.alerts(filter)
  const rules: Readonly<Record<string, { readonly title: Sentence } | undefined>> = alertRules
  return found.map(({ rule, colour, state, ...rest }) => ({
    rule,
    title: rules[rule]?.title[language] ?? rule,
    colour,
    colourName: alertColours[colour as keyof typeof alertColours]?.[language] ?? colour,
    state,
    stateName: alertStateNames[state]?.[language] ?? state,
    ...rest,
    filter: { ...ofCompany(filter), alert: rule, alertColour: colour, alertState: state },
  }))
}

async function ofAuthorities(figures: Figures, { wide }: DashboardAsked, { filter, how }: Working) {
  const found = await figures.authorities(wide ? 'kind' : 'authority', filter)
  const kinds: Readonly<Record<string, Sentence>> = authorityKindNames
  return found.map(({ of, kind, ceilingFen, reservedFen, drawnFen, ...rest }: AuthorityFigure) => ({
    of,
    title: wide ? (kinds[of]?.[how.language] ?? of) : of,
    kind: kinds[kind]?.[how.language] ?? kind,
    ...rest,
    ceiling: fromFen(ceilingFen),
    reserved: fromFen(reservedFen),
    drawn: fromFen(drawnFen),
    // a recurring ceiling begins anew each month: what was drawn in all says nothing of what is left
    ...(kind === 'recurring' ? {} : { left: fromFen(ceilingFen - reservedFen - drawnFen) }),
    filter: { ...ofCompany(filter), [wide ? 'authorityKind' : 'authority']: of },
  }))
}
