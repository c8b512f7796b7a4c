// Exports (导出): every list as CSV or XLSX. Each asks the list's own route, page after page, as its caller: what it may be
// narrowed by and who sees what cannot differ from the list.
import { z } from 'zod'
import { namesIn } from '../../app/read/names.ts'
import type { Cell } from '../../app/read/exports-cells.ts'
import { type Calling, cellOf, type Row } from '../../app/read/exports-columns.ts'
import { exportTables, type ExportTable } from '../../app/read/exports-tables.ts'
import { exportFormats, type ExportFormat, written } from '../../app/read/exports-write.ts'
import type { Names } from '../../app/read/names.ts'
import type { Origin } from '../../domain/ids.ts'
import type { Language } from '../../domain/language.ts'
import type { Api } from '../api.ts'
import { rostersAt } from '../looking.ts'
import { isProblem, type Problem } from '../problem.ts'
import type { Reply, Route } from '../route.ts'

/** The exports of the lists among these routes. @throws where a table has no list */
export const exportRoutes = (api: Api, routes: readonly Route[]): readonly Route[] =>
  Object.entries(exportTables).map(([id, table]) => {
    const list = routes.find((one) => one.id === id)
    if (list === undefined) throw new Error(`an export of ${id}, which is no route`)
    return exportOf(api, list, table)
  })

const asked = {
  format: z.enum(Object.keys(exportFormats) as [ExportFormat]),
  /** The caller's own when left out. */
  lang: z.enum(['zh', 'en']).optional(),
}

/** What turns a list's pages, and is ours to turn. */
const TURNING = ['limit', 'after'] as const

function exportOf(api: Api, list: Route, table: ExportTable): Route {
  const { id, path, tag, summary, access, params, problems } = list
  const own = Object.entries(list.query?.shape ?? {}).filter(
    ([key]) => !TURNING.some((one) => one === key),
  )
  return {
    id: `export.${id}`,
    method: 'get',
    path: `/exports${path}`,
    tag,
    summary: { zh: `导出：${summary.zh}`, en: `exported: ${summary.en}` },
    access,
    ...(params === undefined ? {} : { params }),
    ...(problems === undefined ? {} : { problems }),
    query: z.strictObject({ ...Object.fromEntries(own), ...asked }),
    media: Object.values(exportFormats),
    handle: (call) => exported(api, { list, table }, call),
  }
}

type Call = Parameters<Route['handle']>[0]
type Body = Readonly<Record<string, unknown>>

interface Exporting {
  readonly list: Route
  readonly table: ExportTable
}

/** The first page is asked before anything is sent: a "no" of the list is one of its export. */
async function exported(
  api: Api,
  { list, table }: Exporting,
  call: Call,
): Promise<Reply | Problem> {
  const { format, lang, ...query } = call.query as z.output<z.ZodObject<typeof asked>> & Body
  const language = lang ?? call.language
  const turn = turning(list, { ...call, language }, query)
  const first = await turn(undefined)
  if (isProblem(first)) return first
  const rows = cellsOf(api, table, { first, turn, language, gone: call.gone })
  const head = table.columns.map(({ title, as }) => ({
    title: title[language],
    amount: as === 'amount',
  }))
  const name = table.name[language]
  return {
    stream: written(format, { name, head, rows }),
    headers: {
      'Content-Type': exportFormats[format],
      'Content-Disposition': attached(`${name} ${api.rights.today()}.${format}`),
      'X-Content-Type-Options': 'nosniff',
    },
  }
}

/** RFC 6266: the name as it is, for whoever can read it. */
const attached = (name: string): string =>
  `attachment; filename="export.${name.split('.').at(-1) ?? ''}"; filename*=UTF-8''${encodeURIComponent(name)}`

const MOST = 200

/** One page of the list, as its own route gives it to this caller. */
function turning({ query: shape, handle }: Route, call: Call, query: Body) {
  return async (next: string | undefined): Promise<Body | Problem> => {
    const turns = shape === undefined || !('limit' in shape.shape) ? {} : { limit: MOST }
    const after =
      next === undefined
        ? {}
        : { after: shape?.pick({ after: true }).parse({ after: next })['after'] }
    const reply = await handle({ ...call, query: { ...query, ...turns, ...after } })
    return isProblem(reply) ? reply : (reply.body as Body)
  }
}

interface Turned {
  readonly first: Body
  readonly turn: (next: string | undefined) => Promise<Body | Problem>
  readonly language: Language
  readonly gone: () => AbortSignal
}

/** Row by row: no more than a page is held. @throws when a later page is refused, which cuts the file off */
async function* cellsOf(
  api: Api,
  { columns, rows: rowsIn = rowsOf }: ExportTable,
  { first, turn, language, gone }: Turned,
): AsyncGenerator<readonly Cell[]> {
  const calling = callingOf(api, language)
  const left = gone()
  for (let body = first; ;) {
    for (const row of rowsIn(body)) yield columns.map((column) => cellOf(row, column, calling))
    const { next } = body
    if (typeof next !== 'string' || left.aborted) return
    const page = await turn(next)
    if (isProblem(page)) throw new Error('a list that was open is refused')
    body = page
  }
}

const rowsOf = ({ rows }: Body): readonly Row[] => rows as readonly Row[]

function callingOf({ rights, reading }: Api, language: Language): Calling {
  const known = new Map<string, Names | undefined>()
  const namesAt = (origin: string): Names | undefined => {
    if (known.has(origin)) return known.get(origin)
    const ledger = rights.ledger(origin as Origin)
    const names =
      ledger === undefined
        ? undefined
        : namesIn(rostersAt({ rights }, ledger), { language, persons: reading.person })
    known.set(origin, names)
    return names
  }
  return {
    language,
    organisation: (id, ledger) => namesAt(ledger)?.organisation(id) ?? id,
    // of an account no ledger is told: whoever lists it may know the person
    person: (id, ledger) => namesAt(ledger)?.person(id) ?? reading.person(id as never) ?? id,
    place: (ledger) => rights.ledger(ledger as Origin)?.name ?? ledger,
  }
}
