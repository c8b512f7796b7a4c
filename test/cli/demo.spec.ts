// demo and what the READMEs say of it: the same bytes from the same seed, nothing simulated twice, nobody's data lost, and
// every command that is printed works.
import { execFile, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cli, program, type Ran } from '../support/cli.ts'
import { rowsOf } from '../support/database-rows.ts'
import { lackingForGo } from '../support/ledger-go.ts'
import { commandsOf } from '../support/readme.ts'

const LONG = 180_000
const root = join(import.meta.dirname, '..', '..')
const bundled = (name: string): string => join(root, 'src', 'app', 'demo', name)

let place = ''
let other = ''
let first: Ran
let second: Ran
const data = (): string => join(place, 'data', 'demo')

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'five-musts-demo-'))
  other = mkdtempSync(join(tmpdir(), 'five-musts-demo-'))
  mkdirSync(join(place, 'data', 'demo.99999999.tmp'), { recursive: true })
  const decoys = { FIVE_MUSTS_KEYS: join(other, 'keys'), FIVE_MUSTS_HEADS: join(other, 'heads') }
  ;[first, second] = await Promise.all([
    cli(['demo', '--months', '1'], { cwd: place, env: decoys }),
    cli(['demo', '--months', '1', '--data', 'again', '--json'], { cwd: other }),
  ])
}, LONG)

afterAll(() => {
  for (const folder of [place, other]) rmSync(folder, { recursive: true, force: true })
})

interface Served {
  readonly url: string
  readonly password: string
  readonly accounts: readonly { readonly username: string }[]
}

const inPlace = (line: string): Promise<Ran> => cli(line.split(' '), { cwd: place })

describe('a demonstration', () => {
  test('lies in ./data/demo, ends well and says what to look at', () => {
    expect(first.code, first.err).toBe(0)
    expect(readdirSync(join(place, 'data'))).toEqual(['demo'])
    expect(first.out).toMatch(/✓ 未被改动/)
    expect(first.err).toMatch(/^已删除上次中断留下的 demo\.99999999\.tmp\n2024-11 {2}/)
  })

  test('keeps to itself, whatever keys and heads the environment names', () => {
    expect(readdirSync(other)).toEqual(['again'])
    expect(readdirSync(join(data(), 'keys'))).toHaveLength(5)
    expect(readdirSync(join(data(), 'heads'))).toHaveLength(4)
  })

  test('tells every refusal in words, the code behind it', () => {
    const refused = first.out.split('被拒绝的操作:\n')[1]?.split('\n\n')[0]?.split('\n') ?? []
    expect(refused.length).toBeGreaterThan(0)
    for (const line of refused) expect(line).toMatch(/^ {2}\d+ × .*[\u4e00-\u9fff].*（[A-Za-z]+）$/)
  })

  test('with --json is one document', () => {
    expect(second.code, second.err).toBe(0)
    expect(JSON.parse(second.out)).toMatchObject({
      simulated: true,
      unfinished: [],
      verification: { clean: true, found: 0 },
    })
  })

  test('what it says to look at next works', { timeout: LONG }, async () => {
    const lines = first.out.split('\n').filter((line) => line.startsWith('  npx five-musts '))
    expect(lines).toHaveLength(3)
    for (const line of lines) {
      const ran = await inPlace(line.replace('  npx five-musts ', ''))
      expect([line, ran.code, ran.err]).toEqual([line, 0, ''])
    }
  })
})

describe('over three villages', () => {
  test('a number that several have is answered with their names', async () => {
    const ran = await inPlace('request show 2025-000002 --data data/demo')
    expect(ran.code).toBe(2)
    expect(ran.err).toBe(
      'idAmbiguous: 南塘村、菱桑村、青墩村都有2025-000002，请加 --ledger 指明哪个村（村名即可）\n',
    )
    const english = await inPlace('inspection show i-2025-01 --data data/demo --lang en')
    expect(english.err).toMatch(/南塘村, 菱桑村, 青墩村\. Add --ledger <village>/)
  })

  test('lists name the village, and who is paid without a name from an entry', async () => {
    const { out } = await inPlace('request list --data data/demo --ledger 菱桑村')
    expect(out).toMatch(/^编号 +村 +日期 +公司 /)
    expect(out).toMatch(/^2025-000016 {2}菱桑村 .* 发放表，\d+人 +/m)
    const rounds = await inPlace('inspection list --data data/demo')
    expect(rounds.out).toMatch(/^i-2025-01 {2}青墩村 {2}定期检查/m)
    expect(rounds.out).not.toContain('ledger.')
    // without the vault nobody is named
    const nameless = join(other, 'nameless')
    cpSync(data(), nameless, { recursive: true })
    rmSync(join(nameless, 'vault.db'))
    const unnamed = await cli(['request', 'list', '--data', nameless, '--ledger', '菱桑村'])
    expect(unnamed.out).toMatch(/^2025-000018 .* 个人 +/m)
  })

  test('show: list, head, units, and a time on every line', async () => {
    const { out } = await inPlace('request show 2025-000002 --data data/demo --ledger 菱桑村')
    expect(out).toMatch(/^金额 +27,066\.84元$/m)
    expect(out).toMatch(/^收款人 +发放表，17人，共27,066\.84元$/m)
    expect(out).toMatch(/^负责人 +[\u4e00-\u9fff]{2,4}$/m)
    const trail = out.split('\n').filter((line) => /^ *#/.test(line))
    expect(trail.length).toBeGreaterThan(15)
    for (const line of trail) expect(line).toMatch(/^ *#\d+ {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}/)
  })

  test('policy show: units, words, and the paper of what the township set', async () => {
    const { out } = await inPlace('policy show --data data/demo')
    expect(out).toMatch(/^tier\.largeFrom .* 10,000\.00元 /m)
    expect(out).toMatch(/^step\.slaWd .* 2个工作日 /m)
    expect(out).toMatch(/^hospitality\.allowed .* 否 /m)
    expect(out).toMatch(/^organ\.board .* 公司的 /m)
    expect(out).toMatch(/^claim\.maxAgeDays .* 45天 .* 本镇：八里镇.*八政〔2024〕31号，.*起$/m)
  })

  test('draft list: what waits lacks papers, what was submitted has its number', async () => {
    const submitted = await inPlace('draft list --data data/demo --state submitted --limit 3')
    expect(submitted.out).toMatch(/^ *2 {2}2025-01-01 .* 已提交 {2}2025-000001$/m)
    const waiting = await inPlace('draft list --data data/demo --state waiting --limit 3')
    expect(waiting.out).toMatch(/ 待提交 +事由说明、关联关系声明/)
    expect(waiting.out).toMatch(/还有更多/)
  })
})

describe('from the same seed', () => {
  test.each(['ledger.db', 'drafts.db', 'vault.db', 'vault-keys.db'])(
    '%s holds the same',
    (name) => {
      const [one, two] = [rowsOf(join(data(), name)), rowsOf(join(other, 'again', name))]
      expect(Object.keys(one).length).toBeGreaterThan(0)
      expect(Object.values(one).flat().length).toBeGreaterThan(20)
      expect(one).toEqual(two)
    },
  )

  test.each(['keys', 'heads'])('%s are the same files', (name) => {
    const files = (folder: string) =>
      readdirSync(join(folder, name)).map((file) => [file, readFileSync(join(folder, name, file))])
    expect(files(data())).toEqual(files(join(other, 'again')))
  })
})

describe('a second time', { timeout: LONG }, () => {
  test('shows what was kept, verifies afresh and simulates nothing', async () => {
    const before = statSync(join(data(), 'ledger.db')).mtimeMs
    const again = await inPlace('demo --months 1')
    expect(again.code).toBe(0)
    expect(again.err).toMatch(/^示范数据已经在这里/)
    expect(again.out).toBe(first.out)
    expect(statSync(join(data(), 'ledger.db')).mtimeMs).toBe(before)
  })

  test('a demonstration with anything added is not made again', async () => {
    const grown = join(other, 'grown')
    cpSync(join(other, 'again'), grown, { recursive: true })
    const sheet = readFileSync(bundled('requests-2025.csv'), 'utf8').split('\n')
    const row = sheet[1]?.replace(/\d+\.\d\d/, '4321.09') ?? ''
    writeFileSync(join(other, 'more.csv'), [sheet[0], row, ''].join('\n'))
    expect(await cli(['import', 'more.csv', '--data', grown], { cwd: other })).toMatchObject({
      code: 0,
    })
    for (const args of [
      ['--months', '1', '--again'],
      ['--seed', '7'],
    ]) {
      const ran = await cli(['demo', '--data', grown, ...args])
      expect([ran.code, ran.err.split(':')[0]]).toEqual([2, 'demoChanged'])
    }
    const forced = ['--seed', '7', '--months', '1', '--force', '--json']
    const ran = await cli(['demo', '--data', grown, ...forced])
    expect(ran.code, ran.err).toBe(0)
    const [one, two] = [rowsOf(join(grown, 'ledger.db')), rowsOf(join(data(), 'ledger.db'))]
    expect(one['checkpoint']).not.toEqual(two['checkpoint'])
    expect(readdirSync(other).filter((name) => name.includes('.tmp'))).toEqual([])
  })

  test("with somebody else's file among it, it is no demonstration of ours", async () => {
    const mixed = join(other, 'mixed')
    mkdirSync(mixed)
    cpSync(join(data(), 'demo.json'), join(mixed, 'demo.json'))
    writeFileSync(join(mixed, 'accounts.xlsx'), 'mine')
    const ran = await cli(['demo', '--data', mixed, '--again', '--force'])
    expect([ran.code, ran.err.split(':')[0]]).toEqual([2, 'directoryNotEmpty'])
    expect(readFileSync(join(mixed, 'accounts.xlsx'), 'utf8')).toBe('mine')
  })
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s leaves nothing half-made', { timeout: LONG }, async (signal, code) => {
  const folder = join(other, signal)
  const child = spawn(process.execPath, [...program, 'demo', '--data', join(folder, 'data')])
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
    // the first month is told: it is in the middle of its work
    if (said.includes('2024-11') && !child.killed) child.kill(signal)
  })
  const ended = await new Promise((resolve) => {
    child.on('exit', resolve)
  })
  expect([ended, readdirSync(folder)]).toEqual([code, []])
  expect(said).toMatch(/已中断：没有做完的数据已删除，.*没有改动\n$/)
})

describe('the READMEs', () => {
  const lines = commandsOf('README.md')
  // the year itself: its first month was carried through above
  const year = 'npx five-musts demo'
  const tour = lines.filter((line) => line.startsWith('npx five-musts ') && line !== year)

  test('print the same commands', () => {
    const plain = lines.map((line) => line.replace(' --lang en', ''))
    expect(commandsOf('README.zh-CN.md')).toEqual(plain)
  })

  test('print commands that work, in their order', { timeout: LONG }, async () => {
    expect(lines.slice(0, 2)).toEqual(['npm start', 'npm start -- --demo'])
    expect(lines).toContain(year)
    expect(tour.length).toBeGreaterThan(12)
    cpSync(bundled('township.json'), join(place, 'township.json'))
    cpSync(bundled('requests-2025.csv'), join(place, 'requests.csv'))
    for (const line of tour) {
      const ran = await inPlace(line.replace('npx five-musts ', ''))
      expect([line, ran.code, ran.err]).toEqual([line, 0, ''])
      expect(ran.out.length).toBeGreaterThan(10)
    }
  })

  test('let Go verify what was exported', { timeout: LONG }, async () => {
    const lacking = lackingForGo()
    if (lacking !== undefined) {
      process.stderr.write(`SKIPPED: the READMEs' line for Go: ${lacking}\n`)
      return
    }
    const [line = '', ...more] = lines.filter((one) => one.includes('go run'))
    expect(more).toEqual([])
    expect(existsSync(join(place, 'out', 'checkpoint'))).toBe(true)
    cpSync(join(root, 'test', 'go'), join(place, 'test', 'go'), { recursive: true })
    const output = await new Promise((resolve) => {
      execFile('sh', ['-c', line], { cwd: place }, (error, out, err) => {
        resolve(`${error === null ? '' : 'failed '}${out}${err}`)
      })
    })
    expect(output).toMatch(/^verified: \d+ entries, 1 signatures/)
  })
})

describe('served', () => {
  test(
    'as it lies there, with a ready account for every office, and says so everywhere',
    { timeout: LONG },
    async () => {
      const { PATH = '', HOME = '' } = process.env
      const args = [...program, 'serve', '--demo', '--months', '2', '--json', '--lang', 'en']
      const env = { PATH, HOME, PORT: '0', FIVE_MUSTS_LOG: 'silent' }
      const child = spawn(process.execPath, args, { cwd: place, env })
      let [out, err] = ['', '']
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
      const told = await new Promise<Served>((resolve, reject) => {
        child.stdout.on('data', (chunk: Buffer) => {
          out += chunk.toString()
          if (out.endsWith('}\n')) resolve(JSON.parse(out) as Served)
        })
        child.once('exit', (code) => reject(new Error(`${String(code)} ${err}`)))
      })
      // what lies there is of one month, and is not thrown away for another length
      expect(err).toMatch(/^The demonstration is here already \(1 months\)/)
      const kinds = new Set(
        told.accounts.map(({ username }) => username.replace(/^\d+\./, '').replace(/-\d+$/, '')),
      )
      for (const kind of [
        'administrator',
        'reporting-clerk',
        'company-head',
        'supervisor',
        'cashier',
        'centre-officer',
        'centre-head',
      ])
        expect([...kinds]).toContain(kind)
      const signIn = (username: string) =>
        fetch(`${told.url}/api/auth/sign-in/username`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ username, password: told.password }),
        })
      expect((await signIn('centre-head')).status).toBe(200)
      for (const path of [
        '/api/docs',
        '/api/docs/problems',
        '/nowhere',
        '/api/v1/me',
        '/api/auth/none',
      ])
        expect((await fetch(`${told.url}${path}`)).headers.get('x-five-musts-demo'), path).toMatch(
          /demonstration/,
        )
      for (const path of ['/api/docs', '/api/docs/problems'])
        expect(await (await fetch(`${told.url}${path}`)).text(), path).toContain(
          '演示 Demonstration',
        )
      // nobody makes it again under the server
      const again = await inPlace('demo --again --months 1 --lang en')
      expect([again.code, again.err]).toEqual([2, expect.stringContaining('dataInUse')])
      const ended = new Promise((resolve) => {
        child.once('exit', resolve)
      })
      child.kill('SIGTERM')
      expect(await ended).toBe(0)
    },
  )
})
