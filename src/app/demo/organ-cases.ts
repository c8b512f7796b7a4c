// Recognises in what is recorded the cases of organs, offices, policy and inspections; and by the day what no entry tells.
import { z } from 'zod'
import { isVacantDesk } from '../../../workflows/roster/v1/vacancy.ts'
import { dueOnOf, ladder, type LadderStep } from '../../domain/deadline.ts'
import type { Entry } from '../../domain/entry.ts'
import { presetValues } from '../../domain/policy.ts'
import type { LocalDate } from '../../domain/time.ts'
import { presentCalendar } from '../calendars.ts'
import type { Stage } from './acting.ts'
import type { CaseName, Cases } from './cases.ts'
import type { Task } from './watch.ts'

/** Events that are a case by their type alone. */
const byType: Readonly<Record<string, CaseName>> = {
  'boardReview.referred': 'boardReferred',
  'recusal.declared': 'recusal',
  'representation.recorded': 'representedDirector',
  'minutes.signed': 'minutesSigned',
  'policy.cleared': 'countyCleared',
  'villageRule.enacted': 'villageRule',
  'inspection.cancelled': 'inspectionCancelled',
  'finding.answered': 'rectified',
  'recovery.recorded': 'recovered',
  'finding.reopened': 'reopened',
  'finding.verified': 'closedByAnother',
}

const decisions: ReadonlySet<string> = new Set([
  'memberVote.carried',
  'memberVote.failed',
  'boardReview.passed',
  'boardReview.failed',
])

const meetingCases: Readonly<Record<string, CaseName>> = {
  delegate: 'delegateMeeting',
  board: 'boardMeeting',
  council: 'councilMeeting',
  supervisors: 'supervisorsMeeting',
}
const findingCases: Readonly<Record<string, CaseName>> = {
  simple: 'findingSimple',
  normal: 'findingNormal',
  complex: 'findingComplex',
}
const ladderCases = {
  remind: 'ladderRemind',
  supervise: 'ladderSupervise',
  investigate: 'ladderInvestigate',
} as const

// of each body what is looked at; the folds have judged the rest
const given = <T extends z.ZodRawShape>(shape: T) => z.object({ given: z.object(shape) })
const submitted = z.object({ given: z.object({ handler: z.string() }), rule: z.int().optional() })
const issued = z.object({ represented: z.string().optional() })
const undecided = z.object({ reason: z.string() })
const meetingPlanned = given({ kind: z.string() })
const attended = given({
  proxies: z.object({ held: z.array(z.unknown()) }).optional(),
})
const tallied = given({ online: z.int() })
const granted = given({ ground: z.unknown().optional() })
const appointed = given({ office: z.string(), to: z.string().optional() })
const vacated = given({ office: z.string() })
const enacted = z.object({ id: z.string(), version: z.int(), from: z.string() })
const inspectionPlanned = given({ kind: z.string(), campaign: z.string().optional() })
const waived = given({ waiver: z.string().optional() })
const raised = given({ kind: z.string() })
const answered = given({ training: z.unknown().optional() })
const listed = z.object({ requests: z.array(z.string()) })

type Reading = Readonly<Record<string, (entry: Entry) => unknown>>

export class OrganCases {
  readonly #cases: Cases
  /** By stream: what an earlier entry told of it. */
  readonly #meetings = new Map<string, { readonly kind: string; online: boolean }>()
  readonly #requests = new Map<string, { handler: string; readonly policy: string }>()
  readonly #undecided = new Map<string, CaseName>()
  readonly #rounds = new Map<string, string>()
  /** Offices nobody holds or whose term has an end. */
  readonly #leaving = new Map<string, { readonly to?: string | undefined }>()
  readonly #campaigns = new Map<string, Set<string>>()
  readonly #limits = new Map<string, LocalDate | ''>()
  readonly #confirmed = new Set<string>()
  #changed: { readonly id: string; readonly from: string } | undefined

  constructor(cases: Cases) {
    this.#cases = cases
  }

  #add(name: CaseName, by = 1): void {
    for (let at = 0; at < by; at += 1) this.#cases.happened(name)
  }

  readonly note = (entry: Entry): void => {
    const known = byType[entry.type]
    if (known !== undefined) this.#add(known)
    if (entry.stream.startsWith('request/')) this.#request(entry)
    else if (entry.stream.startsWith('meeting/')) this.#meeting(entry)
    else if (entry.stream.startsWith('inspection/')) this.#inspection[entry.type]?.(entry)
    else this.#offices[entry.type]?.(entry)
  }

  #request({ ledger, stream, type, body, by, at, policy }: Entry): void {
    const name = `${ledger} ${stream}`
    const known = this.#requests.get(name)
    if (type === 'request.submitted') {
      const { given: form, rule } = submitted.parse(body)
      this.#requests.set(name, { handler: form.handler, policy: policy ?? '' })
      if (rule !== undefined) this.#add('submittedUnderVillageRule')
      if (policy !== undefined && policy === this.#changed?.id) this.#add('submittedUnderNewPolicy')
    } else if (type === 'request.resubmitted' && known !== undefined) {
      known.handler = submitted.parse(body).given.handler
    } else if (type === 'request.issued' && by?.mandate !== undefined) {
      const { represented } = issued.parse(body)
      if (represented === known?.handler) this.#add('deputyIssuesForHandler')
    } else if (type === 'townshipFiling.consented' && by?.mandate !== undefined) {
      this.#add('deputyFiles')
    } else if (type === 'memberVote.notDecided' || type === 'boardReview.notDecided') {
      const { reason } = undecided.parse(body)
      this.#undecided.set(
        name,
        reason === 'adjourned' ? 'adjournedThenDecided' : 'undecidedThenDecided',
      )
    } else if (decisions.has(type)) this.#decided(name, at)
  }

  #decided(name: string, at: string): void {
    const waited = this.#undecided.get(name)
    if (waited !== undefined) this.#add(waited)
    this.#undecided.delete(name)
    const policy = this.#requests.get(name)?.policy
    const changed = this.#changed
    if (changed !== undefined && changed.from <= at && policy !== changed.id)
      this.#add('decidedUnderEarlierPolicy')
  }

  #meeting({ ledger, stream, type, body }: Entry): void {
    const name = `${ledger} ${stream}`
    if (type === 'meeting.planned') {
      this.#meetings.set(name, { kind: meetingPlanned.parse(body).given.kind, online: false })
      return
    }
    const meeting = this.#meetings.get(name)
    if (meeting === undefined) return
    if (type === 'attendance.recorded') {
      const held = attended.parse(body).given.proxies?.held.length ?? 0
      if (held > 0) this.#add('householdProxy', held)
    } else if (type === 'tally.recorded' && tallied.parse(body).given.online > 0) {
      meeting.online = true
    } else if (type === 'meeting.closed') {
      const ofMembers = meeting.online ? 'memberMeetingOnline' : 'memberMeetingOnPaper'
      this.#add(meetingCases[meeting.kind] ?? ofMembers)
    }
  }

  readonly #offices: Reading = {
    'mandate.granted': ({ body }) => {
      const byBoard = granted.parse(body).given.ground !== undefined
      this.#add(byBoard ? 'deputyHeadByBoard' : 'deputyOfCentreHead')
    },
    'roster.confirmed': ({ ledger }) => this.#confirmed.add(ledger),
    'office.vacated': ({ ledger, body }) =>
      this.#leaving.set(`${ledger} ${vacated.parse(body).given.office}`, {}),
    'office.appointed': ({ ledger, body, at }) =>
      this.#appointed(ledger, appointed.parse(body).given, at),
    'policy.enacted': ({ body }) => {
      const { id, version, from } = enacted.parse(body)
      if (version === 1) return
      this.#add('policyChanged')
      this.#changed = { id, from }
    },
  }

  #appointed(
    ledger: string,
    { office, to }: { office: string; to?: string | undefined },
    at: string,
  ): void {
    const name = `${ledger} ${office}`
    const left = this.#leaving.get(name)
    if (left !== undefined && this.#confirmed.has(ledger)) {
      this.#add('successor')
      if (left.to !== undefined && left.to < at.slice(0, 10)) this.#add('termEnded')
    }
    this.#leaving.delete(name)
    if (to !== undefined) this.#leaving.set(name, { to })
  }

  readonly #inspection: Reading = {
    'inspection.planned': ({ ledger, stream, body }) => {
      const { kind, campaign } = inspectionPlanned.parse(body).given
      this.#rounds.set(`${ledger} ${stream}`, kind)
      if (campaign !== undefined) this.#campaign(campaign, ledger)
    },
    'inspection.noticed': ({ body }) => {
      if (waived.parse(body).given.waiver !== undefined) this.#add('inspectionSpecial')
    },
    'inspection.concluded': ({ ledger, stream }) => {
      const kind = this.#rounds.get(`${ledger} ${stream}`)
      if (kind === 'periodic') this.#add('inspectionPeriodic')
      if (kind === 'followUp') this.#add('inspectionFollowUp')
    },
    'inspection.redListed': ({ body }) =>
      this.#add('redAlertExamined', listed.parse(body).requests.length),
    'finding.raised': ({ body }) => {
      const found = findingCases[raised.parse(body).given.kind]
      if (found !== undefined) this.#add(found)
    },
    'finding.answered': ({ body }) => {
      if (answered.parse(body).given.training !== undefined) this.#add('trained')
    },
  }

  /** Counted once, when its second village joins. */
  #campaign(campaign: string, ledger: string): void {
    const villages = this.#campaigns.get(campaign) ?? new Set<string>()
    this.#campaigns.set(campaign, villages.add(ledger))
    if (villages.size === 2) this.#add('inspectionCampaign')
  }

  /** What a person would see in the list of tasks on such a day: late ones, and those that wait for nobody. */
  day(stage: Stage): void {
    const { today } = stage
    const vacant = new Map<string, boolean>()
    const steps = new Map<LocalDate, LadderStep>()
    for (const task of stage.watch.tasks()) {
      const { ledger, desk } = task
      const place = desk.startsWith('township/') ? stage.township : ledger
      const name = `${place} ${desk}`
      const empty = vacant.get(name) ?? isVacantDesk(stage.roster(place), desk) === true
      vacant.set(name, empty)
      if (empty) this.#add('vacancyBlocks')
      const dueOn = this.#dueOn(task)
      if (dueOn === '') continue
      const asked = { dueOn, today, calendar: presentCalendar, policy: presetValues }
      const step = steps.get(dueOn) ?? ladder(asked).step
      steps.set(dueOn, step)
      if (step !== 'none') this.#add(ladderCases[step])
    }
  }

  /** Asked day after day: a limit does not move. */
  #dueOn(task: Task): LocalDate | '' {
    const name = `${task.act} ${task.since} ${task.dueAt}`
    const known = this.#limits.get(name)
    if (known !== undefined) return known
    const dueOn = dueOnOf(task, presentCalendar, presetValues)
    this.#limits.set(name, dueOn)
    return dueOn
  }
}
