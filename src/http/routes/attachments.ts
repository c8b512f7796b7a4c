// Attachments (附件): brought, told of, and given back. A file belongs to the village whose papers it is: under another's path it
// does not exist, whoever has the same bytes.
import { z } from 'zod'
import { bring, type NotBrought } from '../../app/attachments/bring.ts'
import { fileNameSchema, plainName } from '../../app/attachments/names.ts'
import { filesOf } from '../../app/attachments/upkeep.ts'
import { isWhole, whole } from '../../app/attachments/whole.ts'
import { codeOf } from '../../app/folders.ts'
import type { KnownLedger } from '../../app/rights.ts'
import {
  ATTACHMENT_BYTES,
  type Attachment,
  type Media,
  mediaKinds,
  mediaNames,
  mediaOf,
  mediaTypes,
} from '../../domain/attachment.ts'
import { papers } from '../../domain/expense.ts'
import { sha256HexSchema, type StreamId } from '../../domain/ids.ts'
import type { Language } from '../../domain/language.ts'
import { instantOf } from '../../domain/time.ts'
import type { Api } from '../api.ts'
import { stoodAt } from '../looking.ts'
import { type Problem, problem } from '../problem.ts'
import { type Call, type Route, route } from '../route.ts'
import { list, text, village } from '../schemas.ts'
import type { Viewer } from '../viewer.ts'
import { thingPaths } from './command-places.ts'
import { thingIds } from './commands.ts'

const MIB = 1024 * 1024

const fileSchema = z.strictObject({
  sha256: text,
  size: z.int(),
  media: z.enum(mediaNames),
  /** As it was named when it first came. */
  name: text,
})

const namedSchema = z.strictObject({
  sha256: text,
  /** Where in the command's form it was named. */
  field: text,
  /** What kind of paper it was said to be, and in words. */
  paper: text.optional(),
  paperName: text.optional(),
  /** The entry that names it. */
  seq: z.int(),
  /** `missing`: the digest stands in the ledger, the file was never brought here or is lost. */
  state: z.enum(['kept', 'missing', 'erased']),
  href: text.optional(),
  size: z.int().optional(),
  media: text.optional(),
  name: text.optional(),
  by: text.optional(),
  at: text.optional(),
  erased: z.strictObject({ at: text, basis: text }).optional(),
})

export const attachmentRoutes = (api: Api): readonly Route[] => [
  bringing(api),
  giving(api),
  ...(['request', 'authority', 'meeting', 'inspection'] as const).map((kind) => telling(api, kind)),
]

const bringing = (api: Api): Route =>
  route({
    id: 'addAttachment',
    method: 'post',
    path: '/villages/{village}/attachments',
    tag: 'attachment',
    summary: { zh: '上传附件', en: 'bring a file, to be named by its SHA-256' },
    access: 'ledger',
    status: 201,
    params: z.object(village),
    query: z.strictObject({ name: fileNameSchema }),
    uploads: mediaTypes,
    answer: fileSchema,
    problems: [
      'mediaTypeUnknown',
      'bodyTooLarge',
      'bodyMalformed',
      'attachmentEmpty',
      'attachmentDisguised',
      'attachmentMisnamed',
      'attachmentErased',
      'attachmentsUnnamed',
      'attachmentsNoRoom',
    ],
    handle: async (call) => {
      const { viewer, ledger } = call
      if (!holdsOffice(viewer, ledger)) return problem('notAllowed')
      const media = mediaOf(call.header('content-type') ?? '')
      const coded = call.header('content-encoding') ?? 'identity'
      if (media === undefined || coded !== 'identity')
        return problem('mediaTypeUnknown', { expected: mediaTypes.join(', ') })
      // what room is left is the ledger's
      if (!(await api.health()).disk) return problem('attachmentsNoRoom')
      return brought(api, call, media)
    },
  })

/** There, or in the township over it. */
const holdsOffice = ({ rights }: Viewer, { origin, township }: KnownLedger): boolean =>
  rights.offices.some((held) => held.ledger === origin || held.ledger === township)

type Bringing = Call<{ readonly village: string }, { readonly name: string }> & {
  readonly viewer: Viewer
  readonly ledger: KnownLedger
}

async function brought({ files }: Api, call: Bringing, media: Media) {
  const { viewer, ledger, query, params, incoming } = call
  const { person } = viewer.session
  const by = person === undefined ? {} : { by: person }
  const about = { ledger: ledger.origin, media, name: query.name, ...by }
  // never closed by us: with it the connection would go, and our answer
  const source = incoming[Symbol.asyncIterator]()
  const declared = Number(call.header('content-length') ?? 0)
  try {
    const outcome =
      declared > ATTACHMENT_BYTES
        ? ({ no: 'tooLarge' } as const)
        : await bring(files, source, about)
    if ('kept' in outcome) {
      const { sha256, size, media: kept, name = '' } = outcome.kept
      const Location = `/api/v1/villages/${params.village}/attachments/${sha256}`
      return { body: { sha256, size, media: kept, name }, headers: { Location } }
    }
    drained(source).catch(() => {})
    return notBrought(outcome, media)
  } catch (error) {
    // who breaks off gets no answer, and it is no fault of ours
    if (codeOf(error) === 'ECONNRESET') return problem('bodyMalformed')
    throw error
  }
}

/**
 * Reads on and forgets, so that who still sends can read why not: cut off at once, they would find a broken connection. Nobody
 * waits for it; it ends with the sender's patience or the server's.
 */
async function drained(source: AsyncIterator<Uint8Array>): Promise<void> {
  for (let next = await source.next(); next.done !== true;) next = await source.next()
}

function notBrought(why: NotBrought, media: Media): Problem {
  const declared = mediaKinds[media].name
  switch (why.no) {
    case 'tooLarge':
      return problem('bodyTooLarge', { limit: `${ATTACHMENT_BYTES / MIB} MiB` })
    case 'empty':
      return problem('attachmentEmpty')
    case 'disguised': {
      const found = why.found === undefined ? {} : { found: mediaKinds[why.found].name }
      return problem('attachmentDisguised', { declared, ...found })
    }
    case 'misnamed':
      return problem('attachmentMisnamed', {
        declared,
        extensions: mediaKinds[media].extensions.map((one) => `.${one}`).join(' '),
      })
    case 'erased':
      return problem('attachmentErased')
    case 'tooMuchUnnamed':
      return problem('attachmentsUnnamed')
  }
}

/** Shown in the page by a browser; everything else is saved. */
const shown: ReadonlySet<Media> = new Set<Media>(['application/pdf', 'image/jpeg', 'image/png'])

const giving = (api: Api): Route =>
  route({
    id: 'showAttachment',
    method: 'get',
    path: '/villages/{village}/attachments/{sha256}',
    tag: 'attachment',
    summary: { zh: '下载附件', en: 'a file by its SHA-256' },
    access: 'ledger',
    params: z.object({ ...village, sha256: sha256HexSchema }),
    media: mediaNames,
    problems: ['attachmentNotKept', 'attachmentErased', 'attachmentAltered'],
    handle: async ({ ledger, header, params: { sha256 } }) => {
      const file = await api.files.find(ledger.origin, sha256)
      if (file?.erased !== undefined) return problem('attachmentErased')
      const pieces = file === undefined ? undefined : await api.files.open(ledger.origin, sha256)
      if (file === undefined || pieces === undefined) return problem('attachmentNotKept')
      // read once before, so that who asks is told; who has it already needs no bytes
      const known = header('if-none-match')?.includes(sha256) === true
      if (!known && !(await isWhole(pieces, sha256))) return problem('attachmentAltered')
      const again = await api.files.open(ledger.origin, sha256)
      if (again === undefined) return problem('attachmentNotKept')
      return { stream: whole(again, sha256), headers: headersOf(file) }
    },
  })

/** What never changes is kept by the reader's own browser for a day: not longer, for it may have to be erased. */
function headersOf({ sha256, size, media, name }: Attachment): Readonly<Record<string, string>> {
  const inline = shown.has(media)
  return {
    'Content-Type': media,
    'Content-Length': String(size),
    'Content-Disposition': `${inline ? 'inline' : 'attachment'}; ${named(name, { sha256, media })}`,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': policyOf(media),
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'private, max-age=86400, immutable, no-transform',
    'Accept-Ranges': 'none',
    Vary: 'Cookie',
    ETag: `"${sha256}"`,
  }
}

/**
 * Nothing in a file may load or run anything, or see our pages. A PDF is left out of the sandbox: browsers then refuse to show
 * it, and what runs in it runs in their viewer, which knows nothing of our origin.
 */
const policyOf = (media: Media): string =>
  media === 'application/pdf'
    ? "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
    : "sandbox; default-src 'none'; frame-ancestors 'self'"

/** For old programs a plain name, for all others its own (RFC 8187). */
function named(name: string | undefined, { sha256, media }: Pick<Attachment, 'sha256' | 'media'>) {
  const plain = plainName(sha256, media)
  const escaped = encodeURIComponent(name ?? plain).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `filename="${plain}"; filename*=UTF-8''${escaped}`
}

type Thing = keyof typeof thingIds

const telling = (api: Api, kind: Thing): Route =>
  route({
    id: `list${kind.charAt(0).toUpperCase()}${kind.slice(1)}Attachments`,
    method: 'get',
    path: `/villages/{village}${thingPaths[kind]}/attachments`,
    tag: 'attachment',
    summary: { zh: '附件清单：各条记录所列，是否存有', en: 'the files its entries name' },
    access: 'village',
    params: z.object({ ...village, ...thingIds[kind] }),
    answer: z.strictObject({ files: list(namedSchema) }),
    handle: async ({ ledger, language, params }) => {
      const ids = params as Readonly<Record<string, string>>
      const stood = stoodAt(api, ledger, `${kind}/${ids[kind] ?? ''}` as StreamId)
      if (stood === undefined) return problem('noSuchThing')
      const files = await filesOf(api.files, ledger.origin, stood.entries)
      const to = { code: ledger.code, language }
      return { body: { files: files.map((file) => told(file, to)) }, headers: stood.headers }
    },
  })

type Found = Awaited<ReturnType<typeof filesOf>>[number]

function told(
  { sha256, field, paper, seq, state, file }: Found,
  { code, language }: { readonly code: string; readonly language: Language },
): z.infer<typeof namedSchema> {
  const known = Object.entries(papers).find(([one]) => one === paper)?.[1]
  const { by, at, erased } = file ?? {}
  return {
    sha256,
    field,
    ...(paper === undefined ? {} : { paper }),
    ...(known === undefined ? {} : { paperName: known[language] }),
    seq,
    state,
    ...(state === 'kept' ? { href: `/api/v1/villages/${code}/attachments/${sha256}` } : {}),
    ...(file === undefined ? {} : { size: file.size, media: file.media }),
    ...(file?.name === undefined ? {} : { name: file.name }),
    ...(by === undefined ? {} : { by }),
    ...(at === undefined ? {} : { at: instantOf(at) }),
    ...(erased === undefined ? {} : { erased: { at: instantOf(erased.at), basis: erased.basis } }),
  }
}
