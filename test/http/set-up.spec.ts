// An empty township, set up as README says: founded from its file, the administrator by the first link, township officers by
// accounts made for person ids the API told, each with a second factor. Program, hashes and sign-in are the real ones.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cli, program } from '../support/cli.ts'
import { appCode } from './identity/house.ts'

const township = join(import.meta.dirname, '..', '..', 'src', 'app', 'demo', 'township.json')
const PASSWORD = 'sluice gate at dawn'

let place = ''
let server: ChildProcess | undefined
let url = ''
let firstLink = ''
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'five-musts-set-up-'))
  const data = join(place, 'data')
  const founded = await cli(['--data', data, 'init', township])
  expect(founded.code, founded.err).toBe(0)
  const told = await served(data)
  url = String(told['url'])
  firstLink = String(told['firstLink'])
}, 120_000)
afterAll(() => {
  server?.kill('SIGKILL')
  rmSync(place, { recursive: true, force: true })
})

function served(data: string): Promise<Readonly<Record<string, unknown>>> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [...program, 'serve', '--json', '--data', data], {
    env: { PORT: '0', PATH, HOME },
  })
  server = child
  let [out, err] = ['', '']
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      if (out.endsWith('}\n')) resolve(JSON.parse(out) as Record<string, unknown>)
    })
    child.on('exit', (code) => reject(new Error(`${code} ${err}`)))
  })
}

/** Somebody with curl and a cookie jar. */
class Caller {
  readonly #jar = new Map<string, string>()

  async ask(path: string, body?: unknown) {
    const answer = await fetch(`${url}/api/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        cookie: [...this.#jar].map((pair) => pair.join('=')).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.#jar.set(name, value)
    }
    const text = await answer.text()
    expect(answer.ok, `${path}: ${answer.status} ${text}`).toBe(true)
    return JSON.parse(text) as Readonly<Record<string, unknown>>
  }

  /** By the link as it was handed over. */
  useLink(link: string) {
    const token = link.slice(link.indexOf('#') + 1)
    return this.ask('v1/set-up-links/use', { token, password: PASSWORD })
  }

  /** Signs in and sets up one-time codes: administrators and whoever holds an office of the township must. */
  async enrol(username: string) {
    const signedIn = await this.ask('auth/sign-in/username', { username, password: PASSWORD })
    expect(signedIn).toEqual({ next: 'enrolment' })
    const { uri } = await this.ask('auth/two-factor/enable', { password: PASSWORD })
    await this.ask('auth/two-factor/verify-totp', { code: appCode(String(uri)) })
  }
}

interface Person {
  readonly person: string
  readonly name: string
  readonly offices: readonly { readonly kind: string; readonly organisationName: string }[]
  readonly account?: string
}

test('init, the first link, accounts for the officers of the township, and each signs in', async () => {
  const boss = new Caller()
  await boss.useLink(firstLink)
  await boss.enrol('administrator')

  for (const [title, name, kind] of [
    ['三资中心主任', '沈国良', 'centreHead'],
    ['纪委书记', '徐建平', 'disciplineSecretary'],
  ] as const) {
    const { rows } = await boss.ask(`v1/accounts/people?q=${encodeURIComponent(name)}`)
    const [found] = rows as readonly Person[]
    expect(found, title).toMatchObject({ name, offices: [{ kind }] })
    expect(found).not.toHaveProperty('account')
    const made = await boss.ask('v1/accounts', {
      username: kind.toLowerCase(),
      person: found?.person,
    })

    const officer = new Caller()
    await officer.useLink(String(made['url']))
    await officer.enrol(kind.toLowerCase())
    const me = await officer.ask('v1/me')
    expect(me).toMatchObject({ person: found?.person, name, offices: [{ kind }] })
    expect((await officer.ask('v1/township/roster'))['offices']).not.toEqual([])
  }
  // the head of the centre goes on from here: the officers, who make the accounts of their villages
  const { rows } = await boss.ask('v1/accounts/people?limit=200')
  const people = rows as readonly Person[]
  expect(people.filter(({ account }) => account !== undefined)).toHaveLength(2)
  expect(
    people.filter(({ offices }) => offices.some((one) => one.kind === 'centreOfficer')),
  ).toHaveLength(2)
}, 120_000)
