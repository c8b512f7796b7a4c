// Payee lists on the command line: attached to a draft, and shown beside the list of the month before (law 2.3).
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDrafts } from '../../db/drafts/open.ts'
import { openVault } from '../../db/vault/vault.ts'
import { vaultKey } from '../../src/app/keys.ts'
import { keepList } from '../../src/app/lists/keep.ts'
import { type ListRow, listRowSchema } from '../../src/app/lists/rows.ts'
import { draftSchema } from '../../src/domain/draft.ts'
import { commandIdSchema, sha256HexSchema } from '../../src/domain/ids.ts'
import { moneySchema } from '../../src/domain/money.ts'
import { cli, cliJson } from '../support/cli.ts'
import { by, company, village } from '../support/law-cast.ts'
import { evidenceOf, form } from '../support/request-cast.ts'
import { must, openStore, type TownshipData, townshipData } from '../support/township-data.ts'

let data: TownshipData
let at: readonly string[] = []
const bytes = (length: number): Uint8Array => new Uint8Array(length).map((_, i) => i)
const row = (name: string, tail: string, amount: string): ListRow =>
  listRowSchema.parse({ name, id: `330106********${tail}`, account: `62284800${tail}`, amount })
const march = [row('沈金根', '1234', '700.00'), row('钱水英', '5678', '500.00')]
const april = [row('沈金根', '1234', '650.00'), row('孙阿毛', '9012', '550.00')]

const vaultOf = () =>
  openVault({
    file: join(data.path, 'vault.db'),
    keysFile: join(data.path, 'vault-keys.db'),
    key: vaultKey(join(data.path, 'keys'), bytes),
  })

/** The rows in the vault, the request in the ledger. */
async function payList(number: number, on: string, rows: readonly ListRow[]): Promise<void> {
  const vault = vaultOf()
  const place = { ledger: village, company, category: 'labour', month: on.slice(0, 7) } as const
  const kept = keepList(
    rows,
    { place, amount: moneySchema.parse('1200.00') },
    { vault, random: bytes },
  )
  vault.close()
  if ('faults' in kept) throw new Error('refused')
  const { store } = await openStore(data.path, `${on}T01:00:00.000Z`)
  await must(store, {
    id: commandIdSchema.parse(`01980000-0000-7000-8000-00000000000${number}`),
    type: 'request.submit',
    ledger: village,
    stream: `request/2026-00090${number}`,
    by: by('clerk'),
    input: form({
      kind: 'list',
      category: 'labour',
      payee: kept.list,
      invoices: [],
      voucherException: 'payeeList',
      evidence: evidenceOf('purposeNote', 'relationDeclaration', 'rateBasis'),
    }),
  })
  await store.close()
}

const draftId = sha256HexSchema.parse('12'.repeat(32))
const sheet = (name: string) => join(data.path, name)

beforeAll(async () => {
  data = await townshipData({ requests: 1, steps: 1 })
  at = ['--data', data.path]
  await payList(1, '2026-03-05', march)
  await payList(2, '2026-04-07', april)
  const drafts = openDrafts(join(data.path, 'drafts.db'))
  const {
    payee: _none,
    evidence: _later,
    ...submission
  } = form({ kind: 'list' as const, invoices: [] })
  await drafts.putAll([
    draftSchema.parse({
      id: draftId,
      line: 7,
      submittedOn: '2026-05-06',
      clerk: 'p_clerk',
      needsList: true,
      columns: {},
      submission,
    }),
  ])
  await drafts.close()
  const header = '姓名,身份证号,账号,金额'
  writeFileSync(
    sheet('short.csv'),
    `${header}\n沈金根,330106199001011234,6228480001234,400\n钱水英,330106199001015678,6228480005678,300\n`,
  )
  writeFileSync(
    sheet('twice.csv'),
    `${header}\n沈金根,330106199001011234,6228480001234,700\n沈金根,330106199001011234,6228480001234,500\n`,
  )
  writeFileSync(
    sheet('good.csv'),
    `${header}\n沈金根,330106199001011234,6228480001234,700\n钱水英,330106199001015678,6228480005678,500\n`,
  )
})
afterAll(() => data.remove())

describe('law 2.3: request show, beside the list of the month before', () => {
  test('who came, who went, whose amount changed', async () => {
    const shown = await cliJson([...at, 'request', 'show', '2026-000902'])
    expect(shown['list']).toEqual({
      count: 2,
      total: '1,200.00',
      previous: { request: '2026-000901', count: 2, total: '1,200.00' },
      difference: {
        added: [{ who: '孙阿毛 330106********9012', amount: '550.00' }],
        gone: [{ who: '钱水英 330106********5678', amount: '500.00' }],
        changed: [{ who: '沈金根 330106********1234', amount: '650.00', before: '700.00' }],
      },
    })
    const { out } = await cli([...at, 'request', 'show', '2026-000902'])
    expect(out).toMatch(
      /上次发放表（人数／合计）: 2026-000901 {2}2 \/ 1,200\.00 → 2 \/ 1,200\.00\n/,
    )
    expect(out).toMatch(/新增 +孙阿毛 330106\*{8}9012 +550\.00\n/)
    expect(out).toMatch(/金额变化 +沈金根 330106\*{8}1234 +700\.00 +650\.00\n/)
  })

  test('the first of its kind has none before it', async () => {
    const shown = await cliJson([...at, 'request', 'show', '2026-000901'])
    expect(shown['list']).toEqual({ count: 2, total: '1,200.00' })
  })

  test('who may not open the vault sees counts and totals, and no name', async () => {
    const keys = join(data.path, 'nokeys')
    const { out, code } = await cli([...at, '--keys', keys, 'request', 'show', '2026-000902'])
    expect(code).toBe(0)
    expect(out).toContain('2026-000901  2 / 1,200.00 → 2 / 1,200.00')
    for (const name of ['沈金根', '钱水英', '孙阿毛']) expect(out).not.toContain(name)
    rmSync(keys, { recursive: true, force: true })
  })
})

describe('draft attach', () => {
  test.each([
    ['short.csv', 'totalDiffers', '发放表合计700.00元，与申请金额1,200.00元不符'],
    ['twice.csv', 'personTwice', '与第2行是同一人'],
  ])('%s is refused, and the draft goes on waiting', async (file, code, said) => {
    const { out, code: exit } = await cli([...at, 'draft', 'attach', '7', sheet(file)])
    expect({ exit, said: out.includes(said) }).toEqual({ exit: 1, said: true })
    const json = await cli([...at, 'draft', 'attach', '7', sheet(file), '--json'])
    expect(JSON.parse(json.out)).toMatchObject({ faults: [{ code }] })
    expect(await cliJson([...at, 'draft', 'list'])).toMatchObject({
      drafts: [{ missing: expect.arrayContaining(['发放表']) as unknown }],
    })
  })

  test.each<[what: string, line: readonly string[], code: string]>([
    ['no such draft', ['8', 'good.csv'], 'notFound'],
    ['a month that is none', ['7', 'good.csv', '--month', '2026-13'], 'valueMalformed'],
    ['no such file', ['7', 'nowhere.csv'], 'fileUnreadable'],
  ])('%s', async (_what, [draft = '', file = '', ...options], code) => {
    const { err, code: exit } = await cli([
      ...at,
      'draft',
      'attach',
      draft,
      sheet(file),
      ...options,
    ])
    expect({ exit, told: err.includes(code) }).toEqual({ exit: 2, told: true })
  })

  test('law 2.3: by its row in the sheet, by its id, and then no more', async () => {
    const attached = await cliJson([
      ...at,
      'draft',
      'attach',
      draftId.slice(0, 12),
      sheet('good.csv'),
    ])
    expect(attached).toMatchObject({ list: { type: 'list', count: 2, total: '1200.00' } })
    const { drafts } = await cliJson([...at, 'draft', 'list'])
    expect(JSON.stringify(drafts)).not.toContain('发放表')
    const { code } = await cli([...at, 'draft', 'attach', '7', sheet('good.csv')])
    expect(code).toBe(2)
  })
})
