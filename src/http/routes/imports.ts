// Imports (导入): a sheet is brought, shown row by row with everything that is wrong with it, and confirmed as it was shown.
import { z } from 'zod'
import { forgetImport, keepImport, preparedOf } from '../../app/imports/import.ts'
import {
  prepareMembers,
  preparePayees,
  prepareRequests,
  type Preparing,
} from '../../app/imports/prepare.ts'
import { SHEET_BYTES } from '../../app/imports/table.ts'
import { openDirectory } from '../../app/township/directory.ts'
import type { Api } from '../api.ts'
import { type About, aboutSchema, foundImport, notTheirs, oneImport } from '../import-access.ts'
import { headOf, headSchema, importSchema, rowsOf } from '../import-shown.ts'
import { fieldsOf } from '../import-words.ts'
import { nowOf } from '../looking.ts'
import { isProblem, type Problem, problem } from '../problem.ts'
import { type Call, type Route, route } from '../route.ts'
import { list, village } from '../schemas.ts'
import { bytesWithin } from '../upload.ts'
import { deskOf, type Place } from './drafts.ts'
import { importConfirmed, underWay } from './import-confirmation.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const media = ['text/csv', XLSX] as const

export const importRoutes = (api: Api): readonly Route[] => [
  importList(api),
  importMade(api),
  importShown(api),
  importConfirmed(api),
  importGone(api),
]

const importMade = (api: Api): Route =>
  route({
    id: 'beginImport',
    method: 'post',
    path: '/villages/{village}/imports',
    tag: 'import',
    summary: { zh: '上传表格，逐行查看', en: 'bring a sheet, CSV or XLSX, and see it row by row' },
    access: 'village',
    status: 201,
    params: z.object(village),
    query: aboutSchema,
    uploads: media,
    answer: importSchema,
    problems: ['mediaTypeUnknown', 'bodyTooLarge', 'bodyMalformed', 'sheetUnfit', 'notAllowed'],
    handle: async (call) => {
      const { query, viewer, ledger } = call
      const { person } = viewer.session
      const no = notTheirs(call, query)
      if (no !== undefined) return no
      if (person === undefined) return problem('notAllowed')
      const sent = await bytesWithin(call, SHEET_BYTES)
      if (isProblem(sent)) return sent
      const prepared = await preparing(api, call, sent.bytes)
      if (isProblem(prepared)) return prepared
      if ('faults' in prepared) {
        const { faults } = prepared
        const fields = fieldsOf(faults, call.language)
        return problem('sheetUnfit', { count: String(faults.length) }, { fields })
      }
      const bringing = { ledger: ledger.origin, person, at: nowOf(api) }
      const kept = await keepImport(api.desk, bringing, prepared)
      const Location = `/api/v1/villages/${ledger.code}/imports/${kept.id}`
      return { body: { ...headOf(kept, call), ...rowsOf(prepared) }, headers: { Location } }
    },
  })

type Bringing = Call<unknown, About> & Place

async function preparing(
  api: Api,
  { ledger, viewer, query: about }: Bringing,
  bytes: Uint8Array,
): Promise<Preparing | Problem> {
  const { vault, drafts, mint } = api.desk
  switch (about.subject) {
    case 'requests': {
      const directory = await openDirectory(api.context.store, vault, [ledger.origin])
      const companies = deskOf({ viewer, ledger })?.companies ?? []
      return prepareRequests(bytes, { directory, drafts, companies })
    }
    case 'payees': {
      const { company, category, month, amount } = about
      if (
        company === undefined ||
        category === undefined ||
        month === undefined ||
        amount === undefined
      )
        return problem('queryInvalid', { fields: 'company, category, month, amount' })
      const place = { company, category, month }
      return preparePayees(bytes, { ledger: ledger.origin, place, amount })
    }
    case 'members': {
      const on = api.rights.today()
      return prepareMembers(bytes, { roster: ledger.roster, vault, mint, on })
    }
  }
}

const importList = (api: Api): Route =>
  route({
    id: 'listImports',
    method: 'get',
    path: '/villages/{village}/imports',
    tag: 'import',
    summary: { zh: '我的导入', en: 'my imports, the newest first' },
    access: 'village',
    params: z.object(village),
    answer: z.strictObject({ imports: list(headSchema) }),
    handle: async (call) => {
      const { person } = call.viewer.session
      const whose = { ledger: call.ledger.origin, person }
      const found = person === undefined ? [] : await api.desk.imports.list({ ...whose, person })
      const now = nowOf(api)
      const living = found.filter(({ expiresAt }) => expiresAt > now)
      return { body: { imports: living.map((kept) => headOf(kept, call)) } }
    },
  })

const importShown = (api: Api): Route =>
  route({
    id: 'showImport',
    method: 'get',
    path: '/villages/{village}/imports/{import}',
    tag: 'import',
    summary: { zh: '查看一次导入', en: 'one import, row by row until it is confirmed' },
    access: 'village',
    params: oneImport,
    answer: importSchema,
    handle: async (call) => {
      const kept = await foundImport(api, call)
      if (kept === undefined) return problem('noSuchThing')
      const prepared = preparedOf(api.desk, kept)
      if (prepared === undefined && kept.state === 'shown') return problem('noSuchThing')
      return { body: { ...headOf(kept, call), ...rowsOf(prepared) } }
    },
  })

const importGone = (api: Api): Route =>
  route({
    id: 'forgetImport',
    method: 'delete',
    path: '/villages/{village}/imports/{import}',
    tag: 'import',
    summary: { zh: '放弃导入', en: 'forget an import and its rows' },
    access: 'village',
    status: 204,
    params: oneImport,
    problems: ['importBusy'],
    handle: async (call) => {
      const kept = await foundImport(api, call)
      if (kept === undefined) return problem('noSuchThing')
      if (underWay.has(kept.id)) return problem('importBusy')
      await forgetImport(api.desk, kept.id, nowOf(api))
      return {}
    },
  })
