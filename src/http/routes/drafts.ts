// Drafts (草稿): what somebody is still writing. Saved at every keystroke if the page likes; each save names the revision it
// was made from, so that two tabs never overwrite one another unseen. What a person begins is theirs alone; what was
// imported is the company's, and any of its reporting clerks may go on with it.
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { KnownLedger } from '../../app/rights.ts'
import type { Desk, DeskDraft } from '../../domain/draft.ts'
import { draftFormSchema, readForm } from '../../domain/draft-form.ts'
import {
  commandIdSchema,
  type OrganisationId,
  type Sha256Hex,
  sha256HexSchema,
} from '../../domain/ids.ts'
import { officeNames } from '../../domain/office.ts'
import { refuse } from '../../domain/refusal.ts'
import { headerOf, seenIn, tagOf } from '../acting.ts'
import type { Api } from '../api.ts'
import { nowOf } from '../looking.ts'
import { isProblem, type Problem, problem, refusedAs } from '../problem.ts'
import { type Reply, type Route, route } from '../route.ts'
import { list, pageOf, pageQuery, paged, text, village } from '../schemas.ts'
import type { Viewer } from '../viewer.ts'
import { formFaultSchema } from './preview.ts'

/** The revision of a draft that was begun and not saved since. */
const FIRST = 1

/** One person's in all villages: whoever has more has left them lying. */
const DRAFTS_MAX = 500

const importedSchema = z.strictObject({
  line: z.int(),
  date: text,
  /** The payees stand on a list that is still to be attached. */
  needsList: z.boolean(),
  /** Of a card: what is added once the swipe was reported. */
  invoicesComing: list(text),
  columns: z.record(text, text),
})

const draftSchema = z.strictObject({
  draft: text,
  revision: z.int(),
  /** Absent where nobody has gone on with what was imported. */
  savedAt: text.optional(),
  /** `waiting`, or `taken` while it is being submitted. */
  state: text,
  /** Of the person alone, or of the company an imported row belongs to. */
  own: z.boolean(),
  form: draftFormSchema,
  missing: list(text),
  faults: list(formFaultSchema),
  imported: importedSchema.optional(),
})

const rowSchema = draftSchema
  .omit({ faults: true, imported: true })
  .extend({ line: z.int().optional() })

const one = z.object({ ...village, draft: sha256HexSchema })
const body = z.strictObject({ form: draftFormSchema })

export const draftRoutes = (api: Api): readonly Route[] => [
  draftList(api),
  draftMade(api),
  draftShown(api),
  draftSaved(api),
  draftGone(api),
]

export interface Place {
  readonly viewer: Viewer
  readonly ledger: KnownLedger
}

/** Nobody without a person in a roster writes drafts. */
export function deskOf({ viewer: { session, rights }, ledger }: Place): Desk | undefined {
  const { person } = session
  if (person === undefined) return undefined
  return { ledger: ledger.origin, person, companies: booksOf(rights.offices, ledger) }
}

const booksOf = (
  offices: Viewer['rights']['offices'],
  { origin }: KnownLedger,
): readonly OrganisationId[] => [
  ...new Set(
    offices.flatMap(({ kind, ledger, organisation }) =>
      kind === 'reportingClerk' && ledger === origin ? [organisation] : [],
    ),
  ),
]

const draftList = ({ desk: { atDesk } }: Api): Route =>
  route({
    id: 'listDrafts',
    method: 'get',
    path: '/villages/{village}/drafts',
    tag: 'draft',
    summary: { zh: '我的草稿', en: 'drafts, the last saved first' },
    access: 'village',
    params: z.object(village),
    query: z.strictObject(pageQuery('drafts')),
    answer: pageOf(rowSchema),
    handle: async ({ query, ...place }) => {
      const desk = deskOf(place)
      if (desk === undefined) return { body: { rows: [] } }
      return { body: paged('drafts', await atDesk.desk(desk, query), rowOf) }
    },
  })

const draftMade = (api: Api): Route =>
  route({
    id: 'beginDraft',
    method: 'post',
    path: '/villages/{village}/drafts',
    tag: 'draft',
    summary: { zh: '新建草稿', en: 'begin a draft; with one Idempotency-Key it is begun once' },
    access: 'village',
    status: 201,
    params: z.object(village),
    body,
    answer: draftSchema,
    heeds: ['Idempotency-Key'],
    problems: ['headerInvalid', 'draftsFull', 'notAllowed'],
    handle: async ({ header, body: { form }, ...place }) => {
      const { desk: ports, freshId } = api
      const desk = deskOf(place)
      if (desk === undefined) return problem('notAllowed')
      const key = headerOf(header, 'Idempotency-Key', commandIdSchema)
      if (isProblem(key)) return key
      if (desk.companies.length === 0) return notClerk
      const id = idOf(desk, key.value ?? freshId())
      const { ledger, person: owner } = desk
      const made = await ports.atDesk.begin({ id, ledger, owner, form, at: nowOf(api) }, DRAFTS_MAX)
      if (made === 'full') return problem('draftsFull', { limit: String(DRAFTS_MAX) })
      if (made === 'gone') return problem('noSuchThing')
      // saved since, it is what its page made of it; unsaved it must be what was sent, or the sender loses what they wrote
      const isOther = made.revision === FIRST && !isDeepStrictEqual(made.form, form)
      if (isOther) return refusedAs(refuse('commandReused').refused)
      const path = `/api/v1/villages/${place.ledger.code}/drafts/${made.id}`
      const shown = shownAs(made)
      return { ...shown, headers: { ...shown.headers, Location: path } }
    },
  })

/** Only they can submit what they would write. */
const notClerk = refusedAs(
  refuse('officeNotHeld', { office: officeNames(['reportingClerk']) }).refused,
)

/** Not to be guessed, and the same for the same key of the same person. */
const idOf = ({ ledger, person }: Desk, key: string): Sha256Hex =>
  sha256HexSchema.parse(
    createHash('sha256')
      .update(`five-musts own draft 1\n${ledger}\n${person}\n${key}`)
      .digest('hex'),
  )

const draftShown = ({ desk: { atDesk } }: Api): Route =>
  route({
    id: 'showDraft',
    method: 'get',
    path: '/villages/{village}/drafts/{draft}',
    tag: 'draft',
    summary: { zh: '一份草稿', en: 'one draft' },
    access: 'village',
    params: one,
    answer: draftSchema,
    problems: ['draftSubmitted'],
    handle: async ({ params: { draft }, ...place }) => {
      const desk = deskOf(place)
      const found = desk === undefined ? undefined : await atDesk.onDesk(desk, draft)
      if (found === undefined) return problem('noSuchThing')
      return found.state === 'submitted' ? submitted(found) : shownAs(found)
    },
  })

const draftSaved = (api: Api): Route =>
  route({
    id: 'saveDraft',
    method: 'put',
    path: '/villages/{village}/drafts/{draft}',
    tag: 'draft',
    summary: { zh: '保存草稿', en: 'save a draft over the revision named in If-Match' },
    access: 'village',
    params: one,
    body,
    answer: draftSchema,
    heeds: ['If-Match'],
    problems: ['headerInvalid', 'revisionMissing', 'draftStale', 'draftBusy', 'draftSubmitted'],
    handle: async ({ params: { draft }, header, body: { form }, ...place }) => {
      const seen = seenIn(header)
      if (isProblem(seen)) return seen
      // `*` is said on purpose; nothing said is a page that forgot
      if (seen.value === undefined && header('if-match') !== '*') return problem('revisionMissing')
      const { atDesk } = api.desk
      const desk = deskOf(place)
      if (desk === undefined) return problem('noSuchThing')
      const saved = await atDesk.save(desk, draft, { seen: seen.value, form, at: nowOf(api) })
      if (typeof saved === 'object') return shownAs(saved)
      return saved === undefined
        ? problem('noSuchThing')
        : inTheWay(saved, await atDesk.onDesk(desk, draft))
    },
  })

const draftGone = ({ desk: { atDesk } }: Api): Route =>
  route({
    id: 'discardDraft',
    method: 'delete',
    path: '/villages/{village}/drafts/{draft}',
    tag: 'draft',
    summary: { zh: '删除草稿', en: 'forget a draft' },
    access: 'village',
    status: 204,
    params: one,
    heeds: ['If-Match'],
    problems: ['headerInvalid', 'draftStale', 'draftBusy', 'draftSubmitted'],
    handle: async ({
      params: { draft },
      header,
      ...place
    }): Promise<Reply<undefined> | Problem> => {
      const seen = seenIn(header)
      if (isProblem(seen)) return seen
      const desk = deskOf(place)
      if (desk === undefined) return problem('noSuchThing')
      const done = await atDesk.discard(desk, draft, seen.value)
      if (done === 'discarded') return {}
      return done === undefined
        ? problem('noSuchThing')
        : inTheWay(done, await atDesk.onDesk(desk, draft))
    },
  })

/** Why a draft is not changed now: somebody saved in between, or it is on its way. */
function inTheWay(why: 'stale' | 'busy', now: DeskDraft | undefined): Problem {
  if (now === undefined) return problem('noSuchThing')
  if (why === 'stale')
    return problem('draftStale', { revision: String(now.revision), savedAt: now.savedAt ?? '' })
  return now.state === 'submitted' ? submitted(now) : problem('draftBusy')
}

export const submitted = ({ request = '' }: Pick<DeskDraft, 'request'>): Problem =>
  problem('draftSubmitted', { request })

function shownAs(draft: DeskDraft): Reply<z.infer<typeof draftSchema>> {
  const { faults } = readForm(draft.form)
  const { line: _line, ...row } = rowOf(draft)
  const { imported } = draft
  return {
    body: {
      ...row,
      faults,
      ...(imported === undefined
        ? {}
        : {
            imported: {
              line: imported.line,
              date: imported.submittedOn,
              needsList: imported.needsList,
              invoicesComing: (imported.invoicesComing ?? []).map(({ number }) => number),
              columns: imported.columns,
            },
          }),
    },
    headers: { ETag: tagOf(draft.revision) },
  }
}

function rowOf({ id, revision, savedAt, state, owner, form, imported }: DeskDraft) {
  return {
    draft: id,
    revision,
    ...(savedAt === undefined ? {} : { savedAt }),
    state,
    own: owner !== undefined,
    form,
    missing: readForm(form).missing,
    ...(imported === undefined ? {} : { line: imported.line }),
  }
}
