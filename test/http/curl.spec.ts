// The page that walks one request through the five musts with curl, run as a newcomer runs it: the very commands it prints, by bash,
// against a server of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cli, program } from '../support/cli.ts'

const LONG = 300_000
const root = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(root, 'docs', 'curl.md'), 'utf8')
const blocks = [...page.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block)

let place: string
let server: ChildProcess
let url: string
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'five-musts-curl-'))
  const args = ['serve', '--demo', '--months', '1', '--data', place, '--json']
  server = spawn(process.execPath, [...program, ...args], {
    env: { PATH: process.env['PATH'], PORT: '0', FIVE_MUSTS_LOG: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  url = (JSON.parse(await printed(server)) as { readonly url: string }).url
}, LONG)
afterAll(() => {
  server.kill('SIGKILL')
  rmSync(place, { recursive: true, force: true })
})

/** What it says once it serves. */
async function printed({ stdout }: ChildProcess): Promise<string> {
  let text = ''
  for await (const part of stdout ?? []) {
    text += String(part)
    if (text.endsWith('\n}\n')) return text
  }
  throw new Error(`ended after ${text}`)
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code))
  })
}

interface Ran {
  readonly code: number | null
  readonly out: string
}

/** The blocks one after another in one shell, which stops at the first command that fails. */
async function pasted(script: string): Promise<Ran> {
  const { PATH, HOME } = process.env
  const bash = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    env: { PATH, HOME, TMPDIR: place, FIVE_MUSTS: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  bash.stdout.on('data', (part) => (out += String(part)))
  bash.stderr.on('data', (part) => (out += String(part)))
  return { code: await ended(bash), out }
}

test(
  'one request goes through the five musts by the commands of the page',
  { timeout: LONG },
  async () => {
    expect(blocks.length).toBeGreaterThanOrEqual(7)
    const { code, out } = await pasted(blocks.join('\n'))
    expect([code, out.slice(-2000)]).toEqual([0, expect.stringContaining('已办结')])
    for (const type of [
      'memberVote.passed',
      'boardReview.passed',
      'supervisorySignOff.passed',
      'townshipFiling.consented',
      'disciplineAudit.passed',
    ])
      expect(out).toContain(`"type":"${type}"`)
    // the newest head, as it is printed last
    expect(out).toMatch(/ledger\.bali\.example\/330502199203\n\d+\n\S+=\n\n— /)
  },
)

test('and what it left is lawful', { timeout: LONG }, async () => {
  const over = ended(server)
  server.kill('SIGTERM')
  expect(await over).toBe(0)
  const { code, out, err } = await cli(['verify', '--data', place, '--lang', 'en'])
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('every step was lawful')
})

test('a command that fails ends the walk', async () => {
  const { code, out } = await pasted(`${blocks[0] ?? ''}\nas nobody /me\necho went on`)
  expect(code).not.toBe(0)
  expect(out).not.toContain('went on')
})
