// For whoever watches over the process; and, in a demonstration, who can sign in.
import { z } from 'zod'
import type { Api } from '../api.ts'
import { problem } from '../problem.ts'
import { type Route, route } from '../route.ts'
import { list, text } from '../schemas.ts'

const upSchema = z.strictObject({ status: z.literal('ok') })
const up = { status: 'ok' } as const

/** The ledger goes on without its second medium, and on a disk that is nearly full: whoever watches must be told. */
const readySchema = upSchema.extend({
  heads: z.enum(['kept', 'behind']),
  disk: z.enum(['enough', 'low']),
})

/** Never from anybody's memory. */
const FRESH = { 'Cache-Control': 'no-store' } as const

export const healthRoutes = (api: Api): readonly Route[] => [
  route({
    id: 'healthz',
    method: 'get',
    path: '/healthz',
    root: true,
    tag: 'operation',
    summary: { zh: '进程在运行', en: 'the process is alive' },
    access: 'anybody',
    probe: true,
    answer: upSchema,
    handle: () => ({ body: up, headers: FRESH }),
  }),
  route({
    id: 'readyz',
    method: 'get',
    path: '/readyz',
    root: true,
    tag: 'operation',
    summary: { zh: '可以办事', en: 'it can be given work' },
    access: 'anybody',
    probe: true,
    answer: readySchema,
    problems: ['stopping', 'storeUnwritable'],
    handle: async () => {
      if (!api.ready()) return problem('stopping')
      const { store, heads, disk } = await api.health()
      if (!store) return problem('storeUnwritable')
      const amiss = { heads: heads ? 'kept' : 'behind', disk: disk ? 'enough' : 'low' } as const
      return { body: { ...up, ...amiss }, headers: FRESH }
    },
  }),
  ...(api.demo === undefined ? [] : [demoAccounts(api.demo)]),
]

/** Only there in a demonstration: everybody may be anybody. */
const demoAccounts = ({ accounts, password }: NonNullable<Api['demo']>): Route =>
  route({
    id: 'listDemoAccounts',
    method: 'get',
    path: '/demo/accounts',
    tag: 'operation',
    summary: { zh: '演示账号', en: 'the accounts of the demonstration' },
    access: 'anybody',
    answer: z.strictObject({
      password: text,
      accounts: list(z.strictObject({ username: text, title: text, person: text.optional() })),
    }),
    handle: ({ language }) => ({
      body: {
        password,
        accounts: accounts.map(({ username, label, person }) => ({
          username,
          title: label[language],
          ...(person === undefined ? {} : { person }),
        })),
      },
    }),
  })
