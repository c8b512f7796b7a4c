// The roll (社员名册) of a village, with the names the vault knows: for who holds an office there or in its township. A
// member sees how many there are (roster), not who.
import { z } from 'zod'
import type { KnownLedger } from '../../app/rights.ts'
import type { Api } from '../api.ts'
import { problem } from '../problem.ts'
import { type Route, route } from '../route.ts'
import { pageOf, pageQuery, paged, text, village } from '../schemas.ts'
import type { Viewer } from '../viewer.ts'

/** An office in the village or over it. */
export const seesRoll = (
  { rights }: Pick<Viewer, 'rights'>,
  { origin, township }: Pick<KnownLedger, 'origin' | 'township'>,
): boolean => rights.offices.some(({ ledger }) => ledger === origin || ledger === township)

export const memberRoutes = (api: Api): readonly Route[] => [
  route({
    id: 'listMembers',
    method: 'get',
    path: '/villages/{village}/members',
    tag: 'roster',
    summary: { zh: '社员名册', en: 'the members of a village' },
    access: 'village',
    params: z.object(village),
    query: z.strictObject(pageQuery('members')),
    answer: pageOf(
      z.strictObject({
        ledger: text,
        person: text,
        /** Absent where the vault has none, or no longer. */
        name: text.optional(),
        household: text,
        capacity: z.enum(['full', 'limited']),
        /** Counts as full from this day. */
        fullFrom: text.optional(),
        delegate: z.boolean(),
      }),
    ),
    handle: ({ ledger, viewer, query: { limit, after } }) => {
      if (!seesRoll(viewer, ledger)) return problem('notAllowed')
      const { roster, origin } = ledger
      const [last = ''] = after ?? []
      const persons = [...roster.members.keys()].filter((person) => person > last).toSorted()
      const shown = persons.slice(0, limit)
      const end = persons.length > limit ? shown.at(-1) : undefined
      const page = { rows: shown, next: end === undefined ? undefined : [end] }
      return {
        body: paged('members', page, (person) => {
          const {
            household = '',
            capacity = 'full',
            fullFrom,
            delegate = false,
          } = roster.members.get(person) ?? {}
          const name = api.reading.person(person)
          return {
            ledger: origin,
            person,
            ...(name === undefined ? {} : { name }),
            household,
            capacity,
            ...(fullFrom === undefined ? {} : { fullFrom }),
            delegate,
          }
        }),
      }
    },
  }),
]
