// Durable steps over HTTP: the program itself, started as anybody starts it, over a demonstration on disk; people of one company
// signed in, each walking requests from their submission to their booking. This process asks, the other one answers.
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, openSync, closeSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { commandId } from './world.ts'

export interface HttpRates {
  readonly perSecond: number
  /** Bare express in the same run. */
  readonly bare: number
  readonly p50: number
  readonly p99: number
  /** Of the server's process, all threads; undefined where the system does not tell. */
  readonly cpuMicros: number | undefined
  readonly paced: { readonly perSecond: number; readonly p50: number; readonly p99: number }
  readonly signIns: number
}

const IN_FLIGHT = 64
const ROUNDS = 3

export async function httpRates(seconds: number): Promise<HttpRates> {
  const dir = mkdtempSync(join(process.env['FIVE_MUSTS_BENCH_DIR'] ?? tmpdir(), 'five-musts-http-'))
  const log = openSync(join(dir, 'log'), 'w')
  const children: ChildProcess[] = []
  try {
    const { child, firm } = await opened(dir, log)
    children.push(child)
    const bare = spawn(
      process.execPath,
      [fileURLToPath(new URL('./http-bare.js', import.meta.url))],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    children.push(bare)
    const bareUrl = `http://127.0.0.1:${(await firstLine(bare)).trim()}/`
    const walked = new Walking(firm)
    await walked.bring(Math.ceil(seconds * 700))
    await walked.full(Math.min(5, seconds))
    const full: Measured[] = []
    const bares: Measured[] = []
    const cpuBefore = cpuOf(child)
    for (let round = 0; round < ROUNDS; round++) {
      full.push(await walked.full(seconds / ROUNDS))
      bares.push(await barely(bareUrl, Math.max(1, seconds / ROUNDS / 2)))
    }
    const cpuAfter = cpuOf(child)
    const took = full.flatMap((one) => one.took)
    const perSecond = took.length / sum(full.map((one) => one.seconds))
    const paced = await walked.paced(perSecond / 2, seconds)
    const cpu = cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore
    return {
      perSecond,
      bare: sum(bares.map((one) => one.took.length)) / sum(bares.map((one) => one.seconds)),
      p50: share(took, 0.5),
      p99: share(took, 0.99),
      cpuMicros: cpu === undefined ? undefined : cpu / took.length,
      paced: {
        perSecond: paced.took.length / paced.seconds,
        p50: share(paced.took, 0.5),
        p99: share(paced.took, 0.99),
      },
      signIns: await signInRate(firm, Math.min(5, seconds)),
    }
  } finally {
    await Promise.all(children.map(ended))
    closeSync(log)
    rmSync(dir, { recursive: true, force: true })
  }
}

const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0)

function share(took: readonly number[], part: number): number {
  const sorted = took.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * part)] ?? 0
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

async function firstLine({ stdout }: ChildProcess, until = '\n'): Promise<string> {
  let text = ''
  for await (const part of stdout ?? []) {
    text += String(part)
    if (text.includes(until)) return text
  }
  throw new Error(`ended after: ${text}`)
}

/** What the server tells of itself, or why it does not. */
async function printed(child: ChildProcess, log: string): Promise<string> {
  try {
    return await firstLine(child, '\n}\n')
  } catch (cause) {
    throw new Error(readFileSync(log, 'utf8').slice(-1000), { cause })
  }
}

/** Microseconds of the processor, by Linux. */
function cpuOf({ pid }: ChildProcess): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid ?? 0}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10_000
  } catch {
    return undefined
  }
}

/** Everybody of one company, by what they do in it. */
interface Firm {
  readonly url: string
  readonly password: string
  readonly company: string
  /** It is in the demonstration. */
  readonly day: string
  readonly persons: Readonly<Record<Part, Member>>
}
interface Member {
  readonly username: string
  readonly person: string
  readonly cookie: string
}

const parts = {
  clerk: '202.reporting-clerk',
  handler: '202.handler-1',
  witness: '202.witness-1',
  head: '202.company-head',
  supervisor1: '202.supervisor-1',
  supervisor2: '202.supervisor-2',
  cashier: '202.cashier',
  book: '201.bookkeeper',
} as const
type Part = keyof typeof parts

/** What nobody at a desk ever reaches, and a generator does. */
const unlimited = {
  FIVE_MUSTS_WRITES: '600000',
  FIVE_MUSTS_READS: '600000',
  FIVE_MUSTS_CALLS: '600000',
  FIVE_MUSTS_PROXIES: '1',
}

async function opened(
  dir: string,
  log: number,
): Promise<{ readonly child: ChildProcess; readonly firm: Firm }> {
  const main = fileURLToPath(new URL('../src/main.js', import.meta.url))
  const args = [
    main,
    'serve',
    '--demo',
    '--force',
    '--months',
    '1',
    '--data',
    join(dir, 'data'),
    '--json',
  ]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', log],
    env: { ...process.env, ...unlimited, PORT: '0' },
  })
  const told = JSON.parse(await printed(child, join(dir, 'log'))) as {
    readonly url: string
    readonly password: string
  }
  const { url, password } = told
  const signed = async (username: string): Promise<Member & { readonly company: string }> => {
    const { headers } = await ask(`${url}/api/auth/sign-in/username`, {
      body: { username, password },
    })
    const cookie = (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ')
    const { body } = await ask(`${url}/api/v1/me`, { cookie })
    const me = JSON.parse(body) as {
      readonly person: string
      readonly offices: readonly { readonly kind: string; readonly organisation: string }[]
    }
    const company = me.offices[0]?.organisation ?? ''
    return { username, cookie, person: me.person, company }
  }
  const found: [string, Member & { readonly company: string }][] = []
  for (const [part, username] of Object.entries(parts)) found.push([part, await signed(username)])
  const persons = Object.fromEntries(found) as unknown as Firm['persons']
  const company = found.find(([part]) => part === 'clerk')?.[1].company ?? ''
  const clock = await ask(`${url}/api/v1/demo/clock`, {})
  const { day } = JSON.parse(clock.body) as { readonly day: string }
  return { child, firm: { url, password, company, day, persons } }
}

const agent = new Agent({ keepAlive: true, maxSockets: 512 })

interface Asking {
  readonly cookie?: string
  readonly body?: unknown
  readonly bytes?: Buffer
  readonly headers?: Readonly<Record<string, string>>
}

function ask(url: string, { cookie, body, bytes, headers: more = {} }: Asking) {
  const sent = bytes ?? (body === undefined ? undefined : Buffer.from(JSON.stringify(body)))
  const headers = {
    ...(sent === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': sent.length }),
    ...(cookie === undefined ? {} : { cookie }),
    ...more,
  }
  const method = sent === undefined ? 'GET' : 'POST'
  return new Promise<{ status: number; body: string; headers: NodeJS.Dict<string[]> }>(
    (resolve, reject) => {
      const asked = request(url, { agent, method, headers }, (response) => {
        const got: Buffer[] = []
        response.on('data', (part: Buffer) => got.push(part))
        response.once('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(got).toString('utf8'),
            headers: { 'set-cookie': response.headers['set-cookie'] },
          })
        })
      })
      asked.once('error', reject)
      asked.end(sent)
    },
  )
}

interface Measured {
  /** Milliseconds of each. */
  readonly took: readonly number[]
  readonly seconds: number
}

const digest = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex')
const pdf = (what: string): Buffer => Buffer.from(`%PDF-1.4\n%${what}\n%%EOF\n`)
const common = ['purposeNote', 'relationDeclaration', 'quotes', 'plan'] as const
const PAYEES = 1000

interface Step {
  readonly by: Part
  readonly at: string
  readonly body: unknown
}

class Walking {
  readonly #firm: Firm
  readonly #village: string
  #next = 0
  #brought = 0

  constructor(firm: Firm) {
    this.#firm = firm
    this.#village = `${firm.url}/api/v1/villages/330502199202`
  }

  /** The files the requests will name: not a step, so not measured. */
  async bring(requests: number): Promise<void> {
    const { cookie } = this.#firm.persons.clerk
    const headers = { 'content-type': 'application/pdf' }
    const url = `${this.#village}/attachments?name=paper.pdf`
    const one = async (bytes: Buffer): Promise<void> => {
      const { status, body } = await ask(url, { cookie, bytes, headers })
      if (status !== 201) throw new Error(`${status} ${body}`)
    }
    for (const paper of common) await one(pdf(paper))
    let next = 0
    const worker = async (): Promise<void> => {
      while (next < requests) await one(pdf(`invoice ${next++}`))
    }
    await Promise.all(Array.from({ length: 16 }, worker))
    this.#brought = requests
  }

  #journey(n: number): readonly Step[] {
    const { company, persons, day } = this.#firm
    const account = `62462705${String(n % PAYEES).padStart(8, '0')}`
    const form = {
      company,
      kind: 'single',
      category: 'equipmentRepair',
      matter: 'ordinary',
      purpose: '保洁船发动机维修',
      amount: '20.00',
      method: 'transfer',
      payee: { type: 'firm', name: `供应商${n % PAYEES}`, account, bank: '湖州银行' },
      invoices: [
        {
          number: `2533${String(n).padStart(16, '0')}`,
          date: day,
          sellerAccount: account,
          total: '20.00',
        },
      ],
      budgetLine: '设备维修',
      handler: persons.handler.person,
      witness: persons.witness.person,
      relation: 'none',
      evidence: common.map((paper) => ({ paper, sha256: digest(pdf(paper)) })),
    }
    const sha256 = digest(pdf(`invoice ${n}`))
    return [
      { by: 'clerk', at: '', body: form },
      { by: 'handler', at: '/issuing/handler', body: {} },
      { by: 'witness', at: '/issuing/witness', body: {} },
      { by: 'head', at: '/issuing/head', body: {} },
      { by: 'clerk', at: '/papers', body: { evidence: [{ paper: 'invoice', sha256 }] } },
      { by: 'clerk', at: '/papers/completion', body: {} },
      { by: 'supervisor1', at: '/sign-offs', body: {} },
      { by: 'supervisor2', at: '/sign-offs', body: {} },
      { by: 'cashier', at: '/payment/order', body: {} },
      { by: 'cashier', at: '/payment/record', body: { bankReference: `HZ${n}`, paidOn: day } },
      {
        by: 'book',
        at: '/booking',
        body: { voucherNo: `记-${n}`, entity: company, debit: '5602', credit: '1002' },
      },
    ]
  }

  /** One request to its booking; a step at a time. */
  async *#steps(): AsyncGenerator<void, void, void> {
    const n = this.#next++
    if (n >= this.#brought) throw new Error('more requests than files for them')
    let place = `${this.#village}/requests`
    for (const { by, at, body } of this.#journey(n)) {
      const { cookie } = this.#firm.persons[by]
      const headers = { 'idempotency-key': commandId() }
      const answer = await ask(`${place}${at}`, { cookie, body, headers })
      if (answer.status !== 201) throw new Error(`${at}: ${answer.status} ${answer.body}`)
      if (at === '') place += `/${(JSON.parse(answer.body) as { readonly id: string }).id}`
      yield
    }
  }

  /** So many at once, each as fast as it is answered. */
  async full(seconds: number): Promise<Measured> {
    const took: number[] = []
    const began = performance.now()
    const until = began + seconds * 1000
    const client = async (): Promise<void> => {
      while (performance.now() < until) {
        let last = performance.now()
        for await (const _ of this.#steps()) {
          took.push(performance.now() - last)
          last = performance.now()
        }
      }
    }
    await Promise.all(Array.from({ length: IN_FLIGHT }, client))
    return { took, seconds: (performance.now() - began) / 1000 }
  }

  /** At an even pace, whatever the answers do: what waits, waits from the moment it was due. */
  async paced(perSecond: number, seconds: number): Promise<Measured> {
    const took: number[] = []
    const waiting: Promise<void>[] = []
    const idle: AsyncGenerator<void, void, void>[] = []
    const began = performance.now()
    const count = Math.floor(perSecond * seconds)
    for (let n = 0; n < count; n++) {
      const due = began + (n * 1000) / perSecond
      const ahead = due - performance.now()
      if (ahead > 1) await later(ahead)
      const walk = idle.shift() ?? this.#steps()
      waiting.push(
        walk.next().then(({ done }) => {
          // the end of one is no step: the next begins with its first
          if (done === true) return
          took.push(performance.now() - due)
          idle.push(walk)
        }),
      )
    }
    await Promise.all(waiting)
    return { took, seconds: (performance.now() - began) / 1000 }
  }
}

async function barely(url: string, seconds: number): Promise<Measured> {
  const took: number[] = []
  const began = performance.now()
  const until = began + seconds * 1000
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      const last = performance.now()
      await ask(url, { body: {}, headers: { 'idempotency-key': commandId() } })
      took.push(performance.now() - last)
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, client))
  return { took, seconds: (performance.now() - began) / 1000 }
}

/** With the password's real cost, each from an address of its own. */
async function signInRate({ url, password }: Firm, seconds: number): Promise<number> {
  let count = 0
  const began = performance.now()
  const until = began + seconds * 1000
  const names = Object.values(parts)
  const client = async (at: number): Promise<void> => {
    for (let n = at; performance.now() < until; n++) {
      const headers = { 'x-forwarded-for': `10.${[...randomBytes(3)].join('.')}` }
      const username = names[n % names.length]
      const body = { username, password }
      const { status } = await ask(`${url}/api/auth/sign-in/username`, { body, headers })
      if (status !== 200) throw new Error(`sign-in: ${status}`)
      count += 1
    }
  }
  await Promise.all(Array.from({ length: 8 }, (_, at) => client(at)))
  return count / ((performance.now() - began) / 1000)
}
