// Who may be given an account (可建账号的人员): persons of the rosters by name and office, so that whoever makes accounts can name
// their persons. Of everybody else, not even that they exist is told.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import { plainWords } from '../../domain/grams.ts'
import type { PersonId } from '../../domain/ids.ts'
import type { Language } from '../../domain/language.ts'
import { officeKinds } from '../../domain/office.ts'
import type { Api } from '../api.ts'
import type { AccountOf } from '../identity/manage.ts'
import { type Route, route } from '../route.ts'
import { list, pageOf, pageQuery, paged, text } from '../schemas.ts'
import { passed } from './passing.ts'

const personSchema = z.strictObject({
  person: text,
  /** Absent where the vault has none, or no longer. */
  name: text.optional(),
  offices: list(
    z.strictObject({
      office: text,
      kind: text,
      title: text,
      organisation: text,
      organisationName: text,
      ledger: text,
      /** Held by this mandate, not in person. */
      mandate: text.optional(),
    }),
  ),
  memberOf: list(z.strictObject({ ledger: text, code: text, name: text })),
  /** Absent while there is none. */
  account: text.optional(),
  username: text.optional(),
})

const wordsSchema = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .refine((words) => plainWords(words) !== '', 'no letter or digit')

export const peopleRoutes = (api: Api): readonly Route[] => [
  route({
    id: 'listPeople',
    method: 'get',
    path: '/accounts/people',
    tag: 'account',
    summary: {
      zh: '可建账号的人员：编号、姓名、职务、有无账号',
      en: 'whom one may make accounts for: person ids, names, offices, and whether there is one',
    },
    access: 'account',
    query: z.strictObject({ ...pageQuery('people'), q: wordsSchema.optional() }),
    answer: pageOf(personSchema),
    handle: async ({ viewer, language, query: { limit, after, q } }) => {
      const managing = await api.identity.accounts.managing(viewer.session)
      if ('problem' in managing) return passed(managing, () => ({}))
      const wanted = { limit, after: after?.[0] ?? '', q: q === undefined ? '' : plainWords(q) }
      const page = await pageOfPeople(api, { ...wanted, language, accountOf: managing.done })
      return { body: paged('people', page, (shown) => shown) }
    },
  }),
]

type Shown = z.infer<typeof personSchema>

interface Wanted {
  readonly limit: number
  readonly after: string
  /** Plain words; all of them when empty. */
  readonly q: string
  readonly language: Language
  readonly accountOf: AccountOf
}

/** Opening a name costs some 20 microseconds: others have their turn in between. */
const AT_ONCE = 200

async function pageOfPeople(api: Api, { limit, after, q, language, accountOf }: Wanted) {
  const rows: Shown[] = []
  let last = ''
  let done = 0
  for (const [key, person] of inOrder(api)) {
    if (key <= after) continue
    if (done++ % AT_ONCE === AT_ONCE - 1) await nextTurn()
    const found = accountOf(person)
    if (found === undefined) continue
    const shown = { ...shownAs(api, person, language), ...found }
    if (!wordsOf(shown).includes(q)) continue
    if (rows.length === limit) return { rows, next: [last] }
    rows.push(shown)
    last = key
  }
  return { rows }
}

/** Whoever is named for an office goes before the members: a township is set up from its offices. */
function inOrder({ rights }: Api): readonly (readonly [key: string, person: PersonId])[] {
  const rosters = rights.ledgers().map(({ roster }) => roster)
  const officers = new Set(
    rosters.flatMap(({ offices, mandates }) => [
      ...[...offices.values()].flatMap(({ holder }) =>
        holder === undefined ? [] : [holder.person],
      ),
      ...[...mandates.values()].map(({ deputy }) => deputy),
    ]),
  )
  const everybody = new Set([...officers, ...rosters.flatMap(({ members }) => [...members.keys()])])
  return [...everybody]
    .map((person) => [`${officers.has(person) ? 0 : 1}${person}`, person] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function shownAs({ rights, reading }: Api, person: PersonId, language: Language): Shown {
  const { offices, memberOf } = rights.of(person)
  const name = reading.person(person)
  return {
    person,
    ...(name === undefined ? {} : { name }),
    offices: offices.map(({ kind, organisation, ledger, ...rest }) => ({
      ...rest,
      kind,
      title: officeKinds[kind][language],
      organisation,
      organisationName:
        rights.ledger(ledger)?.roster.organisations.get(organisation)?.name ?? organisation,
      ledger,
    })),
    memberOf: memberOf.map((origin) => {
      const { code = '', name: called = '' } = rights.ledger(origin) ?? {}
      return { ledger: origin, code, name: called }
    }),
  }
}

/** What `q` looks in: the name, and the offices with whose they are. */
const wordsOf = ({ name = '', offices }: Shown): string =>
  [name, ...offices.flatMap(({ title, organisationName }) => [title, organisationName])]
    .map(plainWords)
    .join('\n')
