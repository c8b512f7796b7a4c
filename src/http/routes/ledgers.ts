// The ledgers for whoever verifies them: heads and hash tiles are public, entries are for those who may see the village. The
// files lie where C2SP tlog-tiles looks for them, below the ledger's own prefix.
import { z } from 'zod'
import { proofOf } from '../../app/export.ts'
import { ledgerViews } from '../../app/read/ledgers.ts'
import { type KnownLedger, pathOf } from '../../app/rights.ts'
import { utf8 } from '../../ledger/bytes.ts'
import {
  encodeEntryBundle,
  encodeHashTile,
  TILE_WIDTH,
  tilePath,
  tileWidths,
} from '../../ledger/tiles.ts'
import type { Api } from '../api.ts'
import { FOR_EVER } from '../conditional.ts'
import { type Problem, problem } from '../problem.ts'
import { type Reply, type Route, route } from '../route.ts'
import { codeSchema, list, text, village } from '../schemas.ts'

const ledgerSchema = z.strictObject({
  origin: text,
  kind: text,
  name: text,
  code: text,
  township: text.optional(),
  /** Verifier key: to be had from somebody other than us as well. */
  vkey: text,
  size: z.int(),
  root: text,
  at: text,
  sealed: z.boolean(),
  /** Where its checkpoint and tiles lie. */
  prefix: text,
})

export const ledgerRoutes = (api: Api): readonly Route[] => [
  ledgerList(api),
  checkpoint(api, 'first'),
  checkpoint(api, 'later'),
  entryBundle(api, 'first'),
  entryBundle(api, 'later'),
  hashTile(api, 'first'),
  hashTile(api, 'later'),
  entryProof(api),
]

const ledgerList = (api: Api): Route =>
  route({
    id: 'listLedgers',
    method: 'get',
    path: '/ledgers',
    tag: 'ledger',
    summary: { zh: '账本与公钥', en: 'ledgers and their keys' },
    access: 'anybody',
    answer: z.strictObject({ ledgers: list(ledgerSchema) }),
    handle: () => ({
      body: {
        ledgers: ledgerViews(api.reading).map((view) => {
          const code = api.rights.ledger(view.origin)?.code ?? ''
          return { ...view, code, prefix: `/${pathOf(view.origin)}` }
        }),
      },
    }),
  })

/** Every epoch has files of its own below its own prefix, the first one the bare code: what was published there stays. */
const epochSchema = z.string().regex(/^e[1-9]\d{0,3}$/)
type Epoch = 'first' | 'later'

const prefixes = {
  first: { path: '/{village}', id: '', params: { village: codeSchema } },
  later: {
    path: '/{village}/{epoch}',
    id: 'OfEpoch',
    params: { village: codeSchema, epoch: epochSchema },
  },
} as const

/** The very ledger, not the one that carries it on. */
const ledgerAt = (
  { rights }: Api,
  { village: code, epoch }: { readonly village: string; readonly epoch?: string },
): KnownLedger | undefined => rights.byPath(epoch === undefined ? code : `${code}/${epoch}`)

function checkpoint(api: Api, which: Epoch): Route {
  const { path, id, params: shape } = prefixes[which]
  return route({
    id: `checkpoint${id}`,
    method: 'get',
    path: `${path}/checkpoint`,
    root: true,
    tag: 'ledger',
    summary: { zh: '最新检查点', en: 'the newest checkpoint' },
    access: 'anybody',
    params: z.object(shape),
    media: 'text/plain; charset=utf-8',
    handle: ({ params }) => {
      const known = ledgerAt(api, params)
      const head = known === undefined ? undefined : api.reading.ledgers.checkpoint(known.origin)
      return head === undefined ? problem('noSuchThing') : { bytes: utf8(head.note) }
    },
  })
}

const tileText = z.string().max(60)
const levelText = z.string().regex(/^\d{1,2}$/)

function hashTile(api: Api, which: Epoch): Route {
  const { path, id, params: shape } = prefixes[which]
  return route({
    id: `hashTile${id}`,
    method: 'get',
    path: `${path}/tile/{level}/{tile*}`,
    root: true,
    tag: 'ledger',
    summary: { zh: '哈希瓦片', en: 'a tile of hashes' },
    access: 'anybody',
    params: z.object({ ...shape, level: levelText, tile: tileText }),
    media: 'application/octet-stream',
    handle: ({ params }) => {
      const known = ledgerAt(api, params)
      if (known === undefined) return problem('noSuchThing')
      const level = Number(params.level)
      return served(api, known, { level, path: `tile/${params.level}/${params.tile}` })
    },
  })
}

/** Whoever sees the village as it is now sees what it was before. */
function entryBundle(api: Api, which: Epoch): Route {
  const { path, id, params: shape } = prefixes[which]
  return route({
    id: `entryBundle${id}`,
    method: 'get',
    path: `${path}/tile/entries/{tile*}`,
    root: true,
    tag: 'ledger',
    summary: { zh: '记录包', en: 'a bundle of entries' },
    access: 'ledger',
    params: z.object({ ...shape, tile: tileText }),
    media: 'application/octet-stream',
    handle: ({ params }) => {
      const known = ledgerAt(api, params)
      return known === undefined
        ? problem('noSuchThing')
        : served(api, known, { level: 'entries', path: `tile/entries/${params.tile}` })
    },
  })
}

/** `x001/x234/067.p/12` → index and width; undefined for what is no such name. */
function tileIn(path: string): { readonly index: number; readonly width: number } | undefined {
  const found = /^tile\/[^/]+\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path)
  if (found === null) return undefined
  const [, digits = '', width] = found
  return {
    index: Number(digits.replaceAll(/[^\d]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  }
}

interface Asked {
  readonly level: number | 'entries'
  readonly path: string
}

/** A tile as far as the newest checkpoint reaches; a partial one may be asked for while it is still filling. */
function served(
  { reading }: Api,
  { origin }: KnownLedger,
  { level, path }: Asked,
): Reply<never> | Problem {
  const tile = tileIn(path)
  const size = reading.ledgers.checkpoint(origin)?.size ?? 0
  if (tile === undefined) return problem('noSuchThing')
  const { index, width } = tile
  const there = (tileWidths(size)[level === 'entries' ? 0 : level] ?? 0) - index * TILE_WIDTH
  const named = width > 0 && tilePath(level, index, width) === path
  if (!named || width > there) return problem('noSuchThing')
  const from = index * TILE_WIDTH
  const bytes =
    level === 'entries'
      ? encodeEntryBundle(reading.ledgers.entries(origin, from, from + width))
      : encodeHashTile({ level, index, width }, reading.ledgers.nodes(origin))
  // a tile of a width never changes; entries are asked for again, for who may see them does
  return level === 'entries' ? { bytes } : { bytes, headers: { 'Cache-Control': FOR_EVER } }
}

const entryProof = (api: Api): Route =>
  route({
    id: 'entryProof',
    method: 'get',
    path: '/ledgers/{village}/entries/{seq}/proof',
    tag: 'ledger',
    summary: { zh: '一条记录的证明', en: 'the proof of one entry' },
    access: 'ledger',
    params: z.object({
      ...village,
      seq: z.coerce
        .number()
        .int()
        .min(0)
        .max(2 ** 40),
    }),
    media: 'text/plain; charset=utf-8',
    handle: ({ ledger, params: { seq } }) => {
      const { origin } = ledger
      const size = api.reading.ledgers.checkpoint(origin)?.size ?? 0
      if (seq >= size) return problem('noSuchThing')
      return { bytes: utf8(proofOf(api.crypto, api.reading.ledgers, { origin, seq })) }
    },
  })
