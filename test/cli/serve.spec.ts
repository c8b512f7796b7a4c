// serve as it is run: a process of its own over a data directory, told to stop, killed, and refused.
import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { program } from '../support/cli.ts'
import { perform } from '../../src/app/perform.ts'
import { commandIdSchema } from '../../src/domain/ids.ts'
import { commandKey } from '../http/client.ts'
import { by, village } from '../support/law-cast.ts'
import { openStore, townshipData, type TownshipData } from '../support/township-data.ts'

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
    const outcome = await perform(
      { store },
      {
        id: commandIdSchema.parse(commandKey()),
        type: 'request.comment',
        ledger: village,
        stream: 'request/2026-000001',
        by: by('clerk'),
        input: { text: '见附件' },
      },
    )
    expect(outcome).toHaveProperty('receipt')
    await store.close()
    // the old backup comes back; the heads kept beside it know better
    for (const end of ['', '-wal', '-shm']) rmSync(join(path, `ledger.db${end}`), { force: true })
    cpSync(join(data.path, 'ledger.db'), join(path, 'ledger.db'))
    const { code, err } = await refused(['--data', path])
    expect([code, err]).toEqual([1, expect.stringContaining('ledgerBehindHeads')])
  })

  test('names every variable that is wrong, and starts nothing', async () => {
    const { code, err } = await refused(['--data', copy()], { PORT: 'x', FIVE_MUSTS_LOG: 'loud' })
    expect(code).toBe(2)
    expect(err).toContain('PORT')
    expect(err).toContain('FIVE_MUSTS_LOG')
  })

  test('needs a data directory', async () => {
    const { code, err } = await refused(['--data', join(place, 'nothing')])
    expect([code, err]).toEqual([2, expect.stringContaining('notADataDirectory')])
    expect(existsSync(join(place, 'nothing'))).toBe(false)
  })

  test('does not open a demonstration to others', async () => {
    const env = { FIVE_MUSTS_HOST: '0.0.0.0', FIVE_MUSTS_URL: 'http://192.0.2.1:8080' }
    const { code, err } = await refused(['--demo', '--data', join(place, 'exposed')], env)
    expect([code, err]).toEqual([2, expect.stringContaining('demoExposed')])
    expect(existsSync(join(place, 'exposed'))).toBe(false)
  })

  test('says so when the port is taken', async () => {
    const first = await served(['--data', copy()])
    const port = new URL(String(first.told['url'])).port
    const { code, err } = await refused(['--data', copy()], { PORT: port })
    expect([code, err]).toEqual([2, expect.stringContaining('EADDRINUSE')])
  })
})
