// What whoever watches a ledger asks for beside its files: every head it ever signed, that one is the other's continuation, its
// entries in words, and all of it to take home.
import { z } from 'zod'
import { exportedFiles } from '../../app/export.ts'
import { ledgerViews } from '../../app/read/ledgers.ts'
import { type KnownLedger, pathOf } from '../../app/rights.ts'
import { tell } from '../../app/sentences.ts'
import { tarOf } from '../../app/tar.ts'
import { entrySchema } from '../../domain/entry.ts'
import type { Language } from '../../domain/language.ts'
import { msOf } from '../../domain/time.ts'
import { toBase64, toHex } from '../../ledger/bytes.ts'
import { parseCanonical } from '../../ledger/canonical.ts'
import { consistencyProof, leafHash, rootFromNodes } from '../../ledger/merkle.ts'
import type { Api } from '../api.ts'
import { howOf } from '../looking.ts'
import { problem } from '../problem.ts'
import { type Route, route } from '../route.ts'
import { codeSchema, limitSchema, list, text, village } from '../schemas.ts'

const sizeSchema = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 40)

const headSchema = z.strictObject({ size: z.int(), at: text, root: text, note: text })

const consistencySchema = z.strictObject({
  ledger: text,
  from: z.strictObject({ size: z.int(), root: text }),
  to: z.strictObject({ size: z.int(), root: text }),
  /** RFC 6962, base64, in order. */
  proof: list(text),
  /** The signed checkpoints of both sizes, where there are some. */
  notes: z.strictObject({ from: text.optional(), to: text.optional() }),
})

export const ledgerProofRoutes = (api: Api): readonly Route[] => [
  listCheckpoints(api),
  consistency(api),
  listEntries(api),
  exportLedger(api),
]

const listCheckpoints = (api: Api): Route =>
  route({
    id: 'listCheckpoints',
    method: 'get',
    path: '/ledgers/{village}/checkpoints',
    tag: 'ledger',
    summary: { zh: '历次检查点', en: 'every checkpoint that was signed, the oldest first' },
    access: 'anybody',
    params: z.object({ village: codeSchema }),
    query: z.strictObject({
      limit: limitSchema,
      /** Above this size: the last one somebody has. */
      above: z.coerce
        .number()
        .int()
        .min(0)
        .max(2 ** 40)
        .default(0),
    }),
    answer: z.strictObject({ ledger: text, rows: list(headSchema), next: z.int().optional() }),
    handle: ({ params, query: { limit, above } }) => {
      const known = api.rights.byCode(params.village)
      if (known === undefined) return problem('noSuchThing')
      const { origin } = known
      const rows: z.infer<typeof headSchema>[] = []
      for (const { size, at, root, note } of api.reading.ledgers.checkpoints(origin, above)) {
        if (rows.length === limit)
          return { body: { ledger: origin, rows, next: rows.at(-1)?.size ?? above } }
        rows.push({ size, at, root: toBase64(root), note })
      }
      return { body: { ledger: origin, rows } }
    },
  })

/** The sizes stand in the path: what lies between must not answer one question with another's proof. */
const consistency = (api: Api): Route =>
  route({
    id: 'proveConsistency',
    method: 'get',
    path: '/ledgers/{village}/consistency/{from}/{to}',
    tag: 'ledger',
    summary: {
      zh: '一致性证明：后一个检查点是前一个的延续',
      en: 'the proof that one size continues another',
    },
    access: 'anybody',
    params: z.object({ village: codeSchema, from: sizeSchema, to: sizeSchema }),
    answer: consistencySchema,
    handle: ({ params: { village: code, from, to } }) => {
      const known = api.rights.byCode(code)
      const { ledgers } = api.reading
      const newest = known === undefined ? undefined : ledgers.checkpoint(known.origin)
      if (known === undefined || newest === undefined) return problem('noSuchThing')
      if (from > to || to > newest.size) return problem('noSuchThing')
      const { origin } = known
      const read = ledgers.nodes(origin)
      const at = (size: number) => ({
        size,
        root: toBase64(rootFromNodes(api.crypto, size, read)),
      })
      const [before, after] = [ledgers.checkpoint(origin, from), ledgers.checkpoint(origin, to)]
      return {
        body: {
          ledger: origin,
          from: at(from),
          to: at(to),
          proof: consistencyProof(api.crypto, from, to, read).map((hash) => toBase64(hash)),
          notes: {
            ...(before === undefined ? {} : { from: before.note }),
            ...(after === undefined ? {} : { to: after.note }),
          },
        },
      }
    },
  })

const toldEntrySchema = z.strictObject({
  seq: z.int(),
  type: text,
  at: text,
  who: text.optional(),
  what: text,
  stream: text,
  revision: z.int(),
  /** Hex, as it stands in the tree. */
  leaf: text,
})

const listEntries = (api: Api): Route =>
  route({
    id: 'listEntries',
    method: 'get',
    path: '/ledgers/{village}/entries',
    tag: 'ledger',
    summary: { zh: '账本记录（逐条）', en: 'the entries of a ledger, the newest first' },
    access: 'ledger',
    params: z.object(village),
    query: z.strictObject({
      limit: limitSchema,
      /** Entries before this one. */
      before: z.coerce
        .number()
        .int()
        .min(0)
        .max(2 ** 40)
        .optional(),
    }),
    answer: z.strictObject({ rows: list(toldEntrySchema), next: z.int().optional() }),
    handle: ({ ledger, language, query: { limit, before } }) => {
      const { ledgers } = api.reading
      const size = ledgers.checkpoint(ledger.origin)?.size ?? 0
      const to = Math.min(size, before ?? size)
      const from = Math.max(0, to - limit)
      const rows = entriesIn(api, ledger, { from, to }, language)
      return { body: { rows, ...(from === 0 ? {} : { next: from }) } }
    },
  })

interface Span {
  readonly from: number
  readonly to: number
}

function entriesIn(
  api: Api,
  ledger: KnownLedger,
  { from, to }: Span,
  language: Language,
): readonly z.infer<typeof toldEntrySchema>[] {
  const how = howOf(api, ledger, language)
  return api.reading.ledgers
    .entries(ledger.origin, from, to)
    .map((bytes) => {
      const entry = entrySchema.parse(parseCanonical(bytes))
      const { stream, revision, body } = entry
      const leaf = toHex(leafHash(api.crypto, bytes))
      // what followed by itself has no form that somebody gave
      return { ...tell(entry, { ...how, first: 'given' in body }), stream, revision, leaf }
    })
    .toReversed()
}

const exportLedger = (api: Api): Route =>
  route({
    id: 'exportLedger',
    method: 'get',
    path: '/ledgers/{village}/export',
    tag: 'ledger',
    summary: {
      zh: '下载整个账本（tar），可用 five-musts verify --export 或他人的软件核验',
      en: "all of a ledger as a tar: for five-musts verify --export, and for others' software",
    },
    access: 'ledger',
    params: z.object(village),
    media: 'application/x-tar',
    atOnce: 2,
    handle: ({ ledger: { origin } }) => {
      const view = ledgerViews(api.reading).find((one) => one.origin === origin)
      if (view === undefined) return problem('noSuchThing')
      const { vkey, at, size } = view
      const folder = pathOf(origin).replaceAll('/', '-')
      const files = exportedFiles({ reads: api.reading.ledgers, origin, vkey })
      return {
        stream: tarOf(files, { folder, mtime: msOf(at) }),
        headers: {
          'Content-Disposition': `attachment; filename="${folder}-${size}.tar"`,
          'Cache-Control': 'private, no-store',
        },
      }
    },
  })
