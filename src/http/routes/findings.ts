// Findings (问题) of a village's rounds, the one due first before the others.
import { z } from 'zod'
import type { Api } from '../api.ts'
import { type Route, route } from '../route.ts'
import { pageOf, pageQuery, paged, text, village } from '../schemas.ts'

const open = ['raised', 'answered', 'reopened'] as const
const states = [...open, 'verified'] as const

export const findingRoutes = (api: Api): readonly Route[] => [
  route({
    id: 'listFindings',
    method: 'get',
    path: '/villages/{village}/findings',
    tag: 'inspection',
    summary: { zh: '问题清单', en: 'findings, by the day they are due' },
    access: 'village',
    params: z.object(village),
    query: z.strictObject({
      state: z.enum(['open', ...states]).default('open'),
      ...pageQuery('findings'),
    }),
    answer: pageOf(
      z.strictObject({
        ledger: text,
        finding: text,
        inspection: text,
        request: text,
        kind: text,
        state: text,
        dueOn: text,
      }),
    ),
    handle: async ({ ledger, query: { state, limit, after } }) => {
      const wanted = state === 'open' ? open : [state]
      const page = await api.reading.findingPage({
        ledger: ledger.origin,
        states: wanted,
        limit,
        after,
      })
      return { body: paged('findings', page, ({ stream: _stream, key: _key, ...row }) => row) }
    },
  }),
]
