// attempt list: who was refused what over HTTP, the newest first (law 10.6).
import { existsSync } from 'node:fs'
import { clockText } from '../app/clock-text.ts'
import { attemptView, type AttemptView, type AttemptWords } from '../app/read/attempts.ts'
import { ledgerViews } from '../app/read/ledgers.ts'
import { namesOf } from '../app/read/names.ts'
import type { Reading } from '../app/read/port.ts'
import type { AttemptFilter, AttemptPage } from '../domain/attempt-log.ts'
import { type PersonId, personIdSchema } from '../domain/ids.ts'
import type { Sentence } from '../domain/language.ts'
import { instantSchema, localDateSchema } from '../domain/time.ts'
import { fault } from './faults.ts'
import { chosenLedgers, opened, type Session, wholeNumber } from './session.ts'
import { type Column, table } from './table.ts'
import { words } from './words.ts'

export interface AttemptListOptions {
  readonly ledger?: string
  readonly person?: string
  readonly code?: string
  readonly day?: string
  readonly limit: string
}

export async function attemptList(session: Session, options: AttemptListOptions): Promise<void> {
  const limit = wholeNumber('--limit', options.limit)
  const { person, code, day } = options
  if (person !== undefined && !personIdSchema.safeParse(person).success)
    throw fault('valueMalformed', { option: '--person', found: person, expected: 'p_…' })
  if (day !== undefined && !localDateSchema.safeParse(day).success)
    throw fault('valueMalformed', { option: '--day', found: day, expected: 'yyyy-mm-dd' })
  await session.reading(async (reading) => {
    const [chosen] =
      options.ledger === undefined ? [undefined] : chosenLedgers(reading, options.ledger)
    const page = await pageOf(session, { ledger: chosen?.origin, person, code, day, limit })
    const rows = page.rows.map((row) => attemptView(row, wordsOf(session, reading)))
    const more = page.next !== undefined
    session.print({ attempts: rows, more }, () => {
      const lines = table(columns(session), rows.map(cells))
      return more ? [...lines, words[session.language].more] : lines
    })
  })
}

/** Nothing where no server has run yet. */
async function pageOf({ paths, world }: Session, filter: AttemptFilter): Promise<AttemptPage> {
  if (!existsSync(paths.attempts)) return { rows: [] }
  const log = await opened(paths.attempts, () => world.doors.attempts(paths.attempts))
  try {
    return await log.page(filter)
  } finally {
    log.close()
  }
}

function wordsOf({ language }: Session, reading: Reading): AttemptWords {
  const ledgers = ledgerViews(reading)
  return {
    language,
    names: (ledger) => {
      if (ledger !== '') return namesOf(reading, ledger, { language, persons: reading.person })
      const person = (id: string): string => reading.person(id as PersonId) ?? id
      return { office: (id) => id, person }
    },
    place: (ledger) => ledgers.find(({ origin }) => origin === ledger)?.name ?? ledger,
  }
}

const titles = {
  last: { zh: '最后一次', en: 'last' },
  count: { zh: '次数', en: 'times' },
  who: { zh: '谁', en: 'who' },
  office: { zh: '职务', en: 'office' },
  what: { zh: '何事', en: 'what' },
  where: { zh: '何处', en: 'where' },
  why: { zh: '为何', en: 'why' },
} as const satisfies Record<string, Sentence>

function columns({ language }: Session): readonly [Column, ...Column[]] {
  const title = (name: keyof typeof titles) => titles[name][language]
  return [
    { title: title('last') },
    { title: title('count'), align: 'right' },
    { title: title('who'), most: 16 },
    { title: title('office'), most: 16 },
    { title: title('what'), most: 24 },
    { title: title('where'), most: 30 },
    { title: title('why'), most: 40 },
  ]
}

const cells = (row: AttemptView): readonly [string, ...string[]] => [
  clockText(instantSchema.parse(row.lastAt)),
  String(row.count),
  row.who,
  row.officeName,
  row.title,
  `${row.place} ${row.stream}`.trim(),
  row.reason === row.code ? row.code : `${row.code} ${row.reason}`,
]
