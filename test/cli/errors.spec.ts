// Everything that can be typed wrongly is answered with a stable code, a sentence and the right exit
// code; nothing is written.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { width } from '../../src/cli/width.ts'
import { cli } from '../support/cli.ts'
import { type TownshipData, townshipData } from '../support/township-data.ts'

let data: TownshipData
let place = ''
beforeAll(async () => {
  data = await townshipData({ requests: 1, steps: 4 })
  place = mkdtempSync(join(tmpdir(), 'five-musts-cli-'))
  mkdirSync(join(place, 'torn'))
  writeFileSync(
    join(place, 'torn', 'ledger.db'),
    'not a database, but long enough to be one'.repeat(50),
  )
  mkdirSync(join(place, 'full'))
  writeFileSync(join(place, 'full', 'note.txt'), 'mine')
  writeFileSync(join(place, 'bad.json'), '{"name": ')
  writeFileSync(join(place, 'empty.json'), '{}')
  writeFileSync(join(place, 'loose.json'), '{"member.quorum": "1/2"}')
  writeFileSync(join(place, 'unknown.json'), '{"tier.largefrom": "8000.00", "no.such": 1}')
  writeFileSync(join(place, 'none.json'), '[]')
  writeFileSync(join(place, 'null.json'), '{"settings": {}}')
  writeFileSync(join(place, 'number.json'), '{"tier.largeFrom": 8000}')
  writeFileSync(join(place, 'latin.json'), Buffer.from([0x7b, 0xff, 0x7d]))
  writeFileSync(join(place, 'proof'), 'c2sp.org/tlog-proof@v1\n')
})
afterAll(() => {
  data.remove()
  rmSync(place, { recursive: true, force: true })
})

const KEY = 'ledger.example.cn/330106109203+a7ca6d68+AYqI49dAn1Ge0NAN'

/** `@` is the founded data, `%` the folder of bad files. */
const rows: readonly (readonly [line: string, code: string, exit: number])[] = [
  ['nonsense', 'commandUnknown', 2],
  ['request nonsense', 'commandUnknown', 2],
  ['request', 'usage', 2],
  ['--data @ request list --nonsense', 'usage', 2],
  ['--data @ request list extra', 'usage', 2],
  ['--data @ request show', 'usage', 2],
  ['--lang fr ledger list', 'languageUnknown', 2],
  ['--data % ledger list', 'notADataDirectory', 2],
  ['--data %/bad.json ledger list', 'notADataDirectory', 2],
  ['--data %/bad.json init --demo', 'notADirectory', 2],
  ['--data %/bad.json demo', 'notADirectory', 2],
  ['--data %/bad.json/in init --demo', 'fileUnwritable', 2],
  ['--data %/new --keys %/bad.json init --demo', 'keyUnreadable', 2],
  ['--data %/new --heads %/bad.json init --demo', 'fileUnwritable', 2],
  ['--data @ --heads %/bad.json verify', 'fileUnreadable', 2],
  ['--data %/new --keys %/keys demo', 'usage', 2],
  ['--data %/new demo --months 0', 'valueMalformed', 2],
  ['--data @ draft list --state lost', 'valueMalformed', 2],
  ['--data @ draft list --limit x', 'numberMalformed', 2],
  ['--data % draft list', 'notADataDirectory', 2],
  ['--data %/nowhere verify', 'notADataDirectory', 2],
  ['--data %/torn ledger list', 'databaseUnreadable', 2],
  ['--data %/torn verify', 'databaseUnreadable', 2],
  ['--data @ request list --limit many', 'numberMalformed', 2],
  ['--data @ request list --month 2026-13', 'valueMalformed', 2],
  ['--data @ request list --state lost', 'valueMalformed', 2],
  ['--data @ request list --ledger 999', 'ledgerUnknown', 2],
  ['--data @ request show 2026-000099', 'notFound', 2],
  ['--data @ request show five', 'notFound', 2],
  ['--data @ meeting show m-2026-0001', 'notFound', 2],
  ['--data @ inspection show i-2026-01', 'notFound', 2],
  ['--data @ ledger show 999', 'ledgerUnknown', 2],
  ['--data @ verify --ledger 999', 'ledgerUnknown', 2],
  ['--data @ verify --against %/nowhere', 'fileUnreadable', 2],
  ['--data @ verify --export %', 'usage', 2],
  ['--data @ export --ledger 330106109203', 'usage', 2],
  ['--data @ export --ledger 330106109203 --out %/bad.json', 'fileUnwritable', 2],
  ['--data @ proof --ledger 330106109203 --seq 9999 --out %/p', 'entryBeyond', 2],
  ['--data @ proof --ledger 330106109203 --seq -1 --out %/p', 'numberMalformed', 2],
  [`verify-proof %/nowhere --vkey ${KEY}`, 'fileUnreadable', 2],
  ['verify-proof %/proof --vkey a+b+c', 'vkeyMalformed', 2],
  ['machine nonsense', 'valueMalformed', 2],
  ['machine request --format png', 'valueMalformed', 2],
  ['policy check %/bad.json', 'fileMalformed', 2],
  ['policy check %/unknown.json', 'policyMalformed', 2],
  ['policy check %/none.json', 'policyMalformed', 2],
  ['policy check %/null.json', 'policyMalformed', 2],
  ['policy check %/latin.json', 'fileUnreadable', 2],
  ['policy check %/nowhere', 'fileUnreadable', 2],
  ['--data %/full init --demo', 'directoryNotEmpty', 2],
  ['--data %/full demo', 'directoryNotEmpty', 2],
  ['--data %/new init', 'usage', 2],
  ['--data %/new init %/bad.json --demo', 'usage', 2],
  ['--data %/new init %/nowhere', 'fileUnreadable', 2],
  ['--data @ --keys %/nokeys rebuild', 'keyMissing', 2],
  ['--data %/torn rebuild', 'databaseUnreadable', 2],
  ['--data @ --keys %/nokeys import %/nowhere', 'fileUnreadable', 2],
]

// Node's own mkdir -p never returns there
const system: typeof rows = existsSync('/proc/self')
  ? [
      ['--data /proc/x init --demo', 'fileUnwritable', 2],
      ['--data /proc/x/y demo', 'fileUnwritable', 2],
      ['--data %/new --keys /proc/x/y init --demo', 'keyUnreadable', 2],
      ['--data %/new --heads /proc/x/y init --demo', 'fileUnwritable', 2],
      ['--data @ export --ledger 330106109203 --out /proc/x', 'fileUnwritable', 2],
      ['--data @ proof --ledger 330106109203 --seq 0 --out /proc/x/p', 'fileUnwritable', 2],
    ]
  : []

describe('answered with a code', () => {
  test.concurrent.each([...rows, ...system])('%s → %s', async (line, code, exit) => {
    const args = line.split(' ').map((word) => word.replace('@', data.path).replace('%', place))
    const ran = await cli(args)
    expect(ran.err).toMatch(new RegExp(`^${code}: [^\\n]*[\\u4e00-\\u9fff][^\\n]*\\n$`))
    expect(ran.code).toBe(exit)
    expect(ran.out).toBe('')
  })

  test('nothing was written by any of them', () => {
    expect(readdirSync(place).toSorted()).toEqual([
      'bad.json',
      'empty.json',
      'full',
      'latin.json',
      'loose.json',
      'none.json',
      'null.json',
      'number.json',
      'proof',
      'torn',
      'unknown.json',
    ])
    expect(readdirSync(join(place, 'full'))).toEqual(['note.txt'])
  })
})

describe('said no to', () => {
  test('a township file with faults: each is named, and nothing is made', async () => {
    const made = join(place, 'new')
    const ran = await cli(['--data', made, 'init', join(place, 'empty.json')])
    expect(ran.code).toBe(1)
    expect(ran.out.split('\n').filter((line) => line.startsWith('✗ ')).length).toBeGreaterThan(2)
    expect(readdirSync(place)).not.toContain('new')
  })

  test("a policy looser than the law's floor", async () => {
    const ran = await cli(['policy', 'check', join(place, 'loose.json')])
    expect(ran.code).toBe(1)
    expect(ran.out).toMatch(
      /^✗ member\.quorum 社员大会出席比例（占全体）: 比法定底线宽松 \(2\/3, 农村集体经济组织法第27条\)/,
    )
  })
})

test.each([
  ['unknown.json', /没有“tier\.largefrom”这个键，相近的有 tier\.largeFrom、.*；没有“no\.such”/],
  ['none.json', /里面没有任何设置/],
])('policy check of %s says what to write', async (name, said) => {
  expect((await cli(['policy', 'check', join(place, name)])).err).toMatch(said)
})

test('policy check asks for quotes around money', async () => {
  const { out, code } = await cli(['policy', 'check', join(place, 'number.json')])
  expect(code).toBe(1)
  expect(out).toMatch(/^✗ tier\.largeFrom .*应为带引号的金额，如 "50000\.00"，写的是 8000\n/)
})

test('with --json a fault is JSON on the side of errors', async () => {
  const ran = await cli(['--data', place, 'ledger', 'list', '--json'])
  const { error } = JSON.parse(ran.err) as { error: Record<string, string> }
  expect(error).toMatchObject({ code: 'notADataDirectory' })
  expect(error['zh']).toContain(place)
  expect(error['en']).toContain(place)
})

test('in English', async () => {
  const ran = await cli(['--lang', 'en', '--data', place, 'ledger', 'list'])
  expect(ran.err).toMatch(/^notADataDirectory: .* is not a data directory of five-musts/)
})

test('wrong usage is told in the language of the run', async () => {
  expect((await cli(['export', '--out', 'x'])).err).toBe(
    'usage: 用法不对：必须给出选项 --ledger <ledger>\n',
  )
  expect((await cli(['request', 'list', '--nope'])).err).toMatch(/没有选项 --nope\n$/)
  expect((await cli(['request', '--lang', 'en'])).err).toMatch(/a command is missing; --help/)
})

test('help is Chinese throughout', async () => {
  const { out } = await cli(['request', 'list', '--help'])
  expect(out).toMatch(/^用法： five-musts request list \[选项\]\n/)
  expect(out).toMatch(/\n选项：\n[^]*最多条数（默认 50）[^]*\n通用选项：\n/)
  const [first, ...others] = (await cli(['--help'])).out
    .split('\n')
    .filter((line) => line.startsWith('  --') || line.startsWith('  -h'))
    .map((line) => width(line.slice(0, line.search(/[\u4e00-\u9fff]|以 JSON/))))
  for (const other of others) expect(other).toBe(first)
})

test('help is no fault', async () => {
  const ran = await cli(['--help'])
  expect(ran.code).toBe(0)
  expect(ran.out).toMatch(/request.*支出申请/)
  expect((await cli(['verify', '--help', '--lang', 'en'])).out).toMatch(/--against <file>/)
})
