// serve as it is run: a process of its own over a data directory, told to stop, killed, and refused.
import { spawn, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
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
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { cli, program } from '../support/cli.ts'
import { perform } from '../../src/app/perform.ts'
import type { Command } from '../../src/domain/command.ts'
import { commandIdSchema } from '../../src/domain/ids.ts'
import { commandKey } from '../http/client.ts'
import { by, village } from '../support/law-cast.ts'
import { openStore, townshipData, type TownshipData } from '../support/township-data.ts'

const root = join(import.meta.dirname, '..', '..')
let data: TownshipData
let place = ''
const running: ChildProcess[] = []
beforeAll(async () => {
  data = await townshipData({ requests: 2, steps: 1 })
  place = mkdtempSync(join(tmpdir(), 'five-musts-serve-'))
})
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})
afterAll(() => {
  data.remove()
  rmSync(place, { recursive: true, force: true })
})

let copies = 0
/** A directory of its own. */
function copy(): string {
  const path = join(place, String(++copies))
  cpSync(data.path, path, { recursive: true })
  return path
}

const commentOf = (text: string): Command => ({
  id: commandIdSchema.parse(commandKey()),
  type: 'request.comment',
  ledger: village,
  stream: 'request/2026-000001',
  by: by('clerk'),
  input: { text },
})

/** Changes the left edge of the village's tree, past the guards. */
function tamper(file: string): void {
  const db = new Database(file)
  const guards = db
    .prepare<[], { name: string; sql: string }>(
      "select name, sql from sqlite_schema where type = 'trigger'",
    )
    .all()
  for (const { name } of guards) db.exec(`drop trigger "${name}"`)
  const { changes } = db
    .prepare('update node set hash = zeroblob(32) where ledger = ? and "index" = 0')
    .run(village)
  expect(changes).toBeGreaterThan(0)
  for (const { sql } of guards) db.exec(sql)
  db.close()
}

interface Served {
  readonly child: ChildProcess
  readonly told: Readonly<Record<string, unknown>>
  readonly err: () => string
  readonly exit: Promise<number | null>
}

interface Ended {
  readonly code: number | null
  readonly err: string
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [...program, 'serve', '--json', '--lang', 'en', ...args], {
    env: { PORT: '0', PATH, HOME, ...env },
  })
  running.push(child)
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const exit = new Promise<number | null>((resolve) => {
    child.on('exit', (code) => resolve(code))
  })
  const told = new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
    child.stdout.on('data', () => {
      if (out.endsWith('}\n')) resolve(JSON.parse(out) as Record<string, unknown>)
    })
    exit.then((code) => reject(new Error(`${code} ${err}`)), reject)
  })
  return { child, told, exit, err: () => err }
}

async function served(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const { told, ...rest } = start(args, env)
  return { ...rest, told: await told }
}

async function refused(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { told, exit, err } = start(args, env)
  told.catch(() => {})
  return { code: await exit, err: err() }
}

describe('serve', () => {
  test('opens the door by one link, keeps its secret to itself, and stops when it is told to', async () => {
    const path = copy()
    const { child, told, exit, err } = await served(['--data', path])
    const url = String(told['url'])
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    expect(told['firstLink']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/set-up#/)
    const secret = join(path, 'keys', 'door.key')
    expect(statSync(secret).mode & 0o077).toBe(0)
    expect(readFileSync(secret, 'utf8').trim()).toMatch(/^[0-9a-f]{64}$/)
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
    // told once: never in the log
    expect(err()).not.toContain(String(told['firstLink']).split('#')[1])
    const again = await served(['--data', path])
    expect(again.told['firstLink']).not.toBe(told['firstLink'])
    again.child.kill('SIGINT')
    expect(await again.exit).toBe(0)
  })

  test('does not start on a ledger that was rolled back behind its heads', async () => {
    const path = copy()
    const { store } = await openStore(path, '2026-03-03T01:00:00.000Z')
    const outcome = await perform({ store }, commentOf('见附件'))
    expect(outcome).toHaveProperty('receipt')
    await store.close()
    // the old backup comes back; the heads kept beside it know better
    for (const end of ['', '-wal', '-shm']) rmSync(join(path, `ledger.db${end}`), { force: true })
    cpSync(join(data.path, 'ledger.db'), join(path, 'ledger.db'))
    const { code, err } = await refused(['--data', path])
    expect([code, err]).toEqual([1, expect.stringContaining('ledgerBehindHeads')])
  })

  /** Two histories from the same day on: what happened here, and what the heads of the other say. */
  async function apart(): Promise<readonly [here: string, there: string]> {
    const paths = [copy(), copy()] as const
    for (const [i, path] of paths.entries()) {
      const { store } = await openStore(path, '2026-03-03T01:00:00.000Z')
      const outcome = await perform({ store }, commentOf(`见附件${i}`))
      expect(outcome).toHaveProperty('receipt')
      await store.close()
    }
    return paths
  }
  const headsOf = (path: string): string =>
    join(path, 'heads', `${village.replaceAll('/', '_')}.heads`)

  test('does not start on a ledger that is not that of its heads', async () => {
    const [here, there] = await apart()
    cpSync(headsOf(there), headsOf(here))
    const { code, err } = await refused(['--data', here])
    expect([code, err]).toEqual([1, expect.stringContaining('ledgerForked')])
    // with its own heads it does
    const { told } = await served(['--data', there])
    expect(told).toHaveProperty('url')
  })

  test('does not start on heads it never signed', async () => {
    const path = copy()
    const kept = readFileSync(headsOf(path), 'utf8')
    const at = kept.trimEnd().length - 10
    const other = kept[at] === 'A' ? 'B' : 'A'
    writeFileSync(headsOf(path), `${kept.slice(0, at)}${other}${kept.slice(at + 1)}`)
    const { code, err } = await refused(['--data', path])
    expect([code, err]).toEqual([1, expect.stringContaining('headUnverified')])
  })

  test('does not start on a ledger whose own tree was changed, with or without its heads', async () => {
    const path = copy()
    tamper(join(path, 'ledger.db'))
    const { code, err } = await refused(['--data', path])
    expect([code, err]).toEqual([1, expect.stringContaining('ledgerDamaged')])
    rmSync(join(path, 'heads'), { recursive: true })
    const again = await refused(['--data', path])
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('ledgerDamaged')])
  })

  test('names every variable that is wrong, and starts nothing', async () => {
    const { code, err } = await refused(['--data', copy()], { PORT: 'x', FIVE_MUSTS_LOG: 'loud' })
    expect(code).toBe(2)
    expect(err).toContain('PORT')
    expect(err).toContain('FIVE_MUSTS_LOG')
  })

  test(
    'begins with nothing: an installation, its first administrator, and a township founded in it',
    { timeout: 120_000 },
    async () => {
      const path = join(place, 'installation')
      const first = await served(['--data', path])
      expect(first.told).toMatchObject({ founded: false, demo: false })
      const [url, link] = [String(first.told['url']), String(first.told['firstLink'])]
      const body = JSON.stringify({ token: link.split('#')[1], password: 'sluice gate at dawn' })
      const used = await fetch(`${url}/api/v1/set-up-links/use`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      expect(used.status).toBe(200)
      const township = join(root, 'src', 'app', 'demo', 'township.json')
      const init = ['init', township, '--data', path, '--lang', 'en']
      const meanwhile = await cli(init)
      expect([meanwhile.code, meanwhile.err]).toEqual([2, expect.stringContaining('dataInUse')])
      first.child.kill('SIGTERM')
      expect(await first.exit).toBe(0)
      const founded = await cli(init)
      expect([founded.code, founded.err]).toEqual([0, ''])
      const second = await served(['--data', path])
      // the administrator is there already, and so is the township
      expect(second.told).toMatchObject({ founded: true })
      expect(second.told).not.toHaveProperty('firstLink')
      const ledgers = (await (
        await fetch(`${String(second.told['url'])}/api/v1/ledgers`)
      ).json()) as {
        readonly ledgers: readonly unknown[]
      }
      expect(ledgers.ledgers).toHaveLength(4)
      second.child.kill('SIGTERM')
      expect(await second.exit).toBe(0)
      const twice = await cli(init)
      expect([twice.code, twice.err]).toEqual([2, expect.stringContaining('directoryNotEmpty')])
      expect((await cli(['verify', '--data', path])).code).toBe(0)
    },
  )

  test('does not move into a folder of somebody else’s', async () => {
    const path = join(place, 'theirs')
    mkdirSync(path)
    writeFileSync(join(path, 'letters.txt'), 'dear')
    const { code, err } = await refused(['--data', path])
    expect([code, err]).toEqual([2, expect.stringContaining('directoryNotEmpty')])
    expect(readdirSync(path)).toEqual(['letters.txt'])
  })

  test(
    'alone serves a directory; killed, it leaves the place free',
    { timeout: 120_000 },
    async () => {
      const path = copy()
      const first = await served(['--data', path])
      const { code, err } = await refused(['--data', path])
      expect([code, err]).toEqual([2, expect.stringContaining('dataInUse')])
      expect((await fetch(`${String(first.told['url'])}/readyz`)).status).toBe(200)
      first.child.kill('SIGKILL')
      await first.exit
      const third = await served(['--data', path])
      expect((await fetch(`${String(third.told['url'])}/readyz`)).status).toBe(200)
    },
  )

  test('shows its settings without secrets, and starts nothing', async () => {
    const path = join(place, 'checked')
    const file = join(place, 'webhook.secret')
    writeFileSync(file, 'shared-by-two-houses\n', { mode: 0o600 })
    const env = {
      FIVE_MUSTS_METRICS_TOKEN: 'a-token-of-the-operator',
      FIVE_MUSTS_HEADS_MAIL: 'jiwei@example.cn',
      FIVE_MUSTS_SMTP: 'smtps://ledger@mail.example.cn',
      FIVE_MUSTS_SMTP_PASSWORD: 'the-password-of-mail',
      FIVE_MUSTS_MAIL_FROM: 'ledger@example.cn',
      FIVE_MUSTS_HEADS_WEBHOOK: 'https://witness.example.cn/in-the-address',
      FIVE_MUSTS_WEBHOOK_SECRET_FILE: file,
    }
    const { told, exit } = start(['--check', '--data', path], env)
    const shown = await told
    expect(await exit).toBe(0)
    expect(shown).toMatchObject({
      port: 0,
      metricsToken: true,
      sending: {
        at: '07:30',
        mail: { host: 'mail.example.cn', password: true },
        webhook: ['https://witness.example.cn/…'],
      },
    })
    expect(JSON.stringify(shown)).not.toMatch(/operator|password-of|shared-by|in-the-address/)
    expect(existsSync(path)).toBe(false)
    chmodSync(file, 0o644)
    const { code, err } = await refused(['--check'], env)
    expect([code, err]).toEqual([2, expect.stringContaining('FIVE_MUSTS_WEBHOOK_SECRET_FILE')])
    expect(err).toContain('chmod 600')
    expect(err).not.toContain('shared-by')
  })

  test.each([
    { FIVE_MUSTS_HOST: '0.0.0.0', FIVE_MUSTS_URL: 'http://192.0.2.1:8080' },
    // somebody else's server carries calls to this machine
    { FIVE_MUSTS_URL: 'https://demo.example.cn' },
    { FIVE_MUSTS_PROXIES: '1' },
  ])('does not open a demonstration to others: %o', async (env) => {
    const { code, err } = await refused(['--demo', '--data', join(place, 'exposed')], env)
    expect([code, err]).toEqual([2, expect.stringContaining('demoExposed')])
    expect(existsSync(join(place, 'exposed'))).toBe(false)
  })

  test('does not serve a demonstration as if it were none', async () => {
    const path = copy()
    writeFileSync(join(path, 'demo.json'), '{}')
    const { code, err } = await refused(['--data', path])
    expect([code, err]).toEqual([2, expect.stringContaining('demoData')])
    expect(err).toContain('--demo')
  })

  test('says so when the port is taken', async () => {
    const first = await served(['--data', copy()])
    const port = new URL(String(first.told['url'])).port
    const { code, err } = await refused(['--data', copy()], { PORT: port })
    expect([code, err]).toEqual([2, expect.stringContaining('EADDRINUSE')])
    // not that a file cannot be written
    expect(err).toContain('portTaken')
    expect(err).toContain(`127.0.0.1:${port}`)
    expect(err).not.toContain('accounts.db')
  })
})
