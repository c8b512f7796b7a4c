// draft list: what imports left waiting, what each still lacks, and which request the others became.
import { type Draft, draftStates, type KeptDraft } from '../domain/draft.ts'
import { checklist } from '../domain/checklist.ts'
import { papers } from '../domain/expense.ts'
import { organisationIdSchema } from '../domain/ids.ts'
import type { Language } from '../domain/language.ts'
import { grouped } from '../domain/money.ts'
import { presetValues } from '../domain/policy.ts'
import { requestKinds } from '../domain/request.ts'
import { draftStateNames } from '../app/names.ts'
import { ledgerViews } from '../app/read/ledgers.ts'
import { namesOf } from '../app/read/names.ts'
import { fault } from './faults.ts'
import { opened, type Session, wholeNumber } from './session.ts'
import { table } from './table.ts'
import { words } from './words.ts'

export interface DraftListOptions {
  readonly company?: string
  readonly state?: string
  readonly limit: string
}

type Waiting = KeptDraft & { readonly draft: Draft }

/** By date and row of the sheet, as the accountant knows them. */
export async function draftList(session: Session, options: DraftListOptions): Promise<void> {
  const limit = wholeNumber('--limit', options.limit)
  const { drafts: file } = session.requireData()
  const filter = filterOf(options)
  const store = await opened(file, () => session.world.doors.drafts(file))
  try {
    const found = await store.list({ ...filter, limit: limit + 1 })
    const kept = found.flatMap((one) =>
      one.draft === undefined ? [] : [{ ...one, draft: one.draft }],
    )
    const rows = kept.slice(0, limit)
    const called = await companies(session)
    print(session, { rows, called, more: kept.length > limit })
  } finally {
    await store.close()
  }
}

function filterOf({ company, state }: DraftListOptions) {
  const known = draftStates.find((one) => one === state)
  if (state !== undefined && known === undefined) {
    const expected = draftStates.join(' | ')
    throw fault('valueMalformed', { option: '--state', found: state, expected })
  }
  const parsed = company === undefined ? undefined : organisationIdSchema.safeParse(company)
  if (parsed?.success === false) {
    throw fault('notFound', { what: company ?? '' })
  }
  return {
    ...(known === undefined ? {} : { state: known }),
    ...(parsed === undefined ? {} : { company: parsed.data }),
  }
}

/** What every company of the villages is called. */
async function companies(session: Session): Promise<(id: string) => string> {
  const { language } = session
  return session.reading((reading) => {
    const all = ledgerViews(reading).map(({ origin }) =>
      namesOf(reading, origin, { language, persons: reading.person }),
    )
    const known = new Map<string, string>()
    return Promise.resolve((id: string) => {
      const called =
        known.get(id) ??
        all.map((names) => names.organisation(id)).find((name) => name !== id) ??
        id
      known.set(id, called)
      return called
    })
  })
}

interface Listed {
  readonly rows: readonly Waiting[]
  readonly called: (company: string) => string
  readonly more: boolean
}

function print(session: Session, { rows, called, more }: Listed): void {
  const { language } = session
  const word = words[language]
  const drafts = rows.map(({ id, state, draft, intent }) => ({
    id,
    line: draft.line,
    date: draft.submittedOn,
    company: draft.submission.company,
    companyName: called(draft.submission.company),
    purpose: draft.submission.purpose,
    amount: draft.submission.amount,
    state,
    missing: state === 'waiting' ? missing(draft, language) : [],
    ...(intent === undefined ? {} : { request: intent.request }),
  }))
  session.print({ drafts, more }, () => [
    ...table(
      [
        { title: word.line, align: 'right' },
        { title: word.date },
        { title: word.company, most: 28 },
        { title: word.purpose, most: 28 },
        { title: word.amount, align: 'right' },
        { title: word.state },
        { title: word.submittedAs },
        { title: word.missing },
      ],
      drafts.map((one) => [
        String(one.line),
        one.date,
        one.companyName,
        one.purpose,
        grouped(one.amount),
        draftStateNames[one.state][language],
        one.request ?? '',
        one.missing.join(language === 'zh' ? '、' : ', '),
      ]),
    ),
    ...(more ? [word.more] : []),
  ])
}

/** The list of payees, and the papers a decision is taken on: none of them is in a spreadsheet. */
function missing({ submission, needsList }: Draft, language: Language): readonly string[] {
  // which policy it will be submitted under is not known yet
  const lines = checklist(submission, 'decision', presetValues)
  const or = language === 'zh' ? '或' : ' or '
  return [
    ...(needsList ? [requestKinds.list[language]] : []),
    ...lines.map(({ choices }) => choices.map((paper) => papers[paper][language]).join(or)),
  ]
}
