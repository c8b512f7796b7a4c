// New heads sent to a real mail server and a real web server: once a day each, signed, only what is new, and nothing of the
// addresses told when it fails.
import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openJobMemory } from '../../db/jobs/memory.ts'
import type { Mail } from '../../src/config.ts'
import { originSchema } from '../../src/domain/ids.ts'
import { instantOf } from '../../src/domain/time.ts'
import { headsJob, type Receiver, type SentHead } from '../../src/jobs/heads.ts'
import { mailReceivers } from '../../src/jobs/mail.ts'
import { type Jobs, startJobs } from '../../src/jobs/runner.ts'
import { DELIVERY_HEADER, SIGNATURE_HEADER, webhookReceivers } from '../../src/jobs/webhook.ts'
import { ManualClock } from './clock.ts'
import {
  attachmentsOf,
  type MailServer,
  mailServer,
  type WebServer,
  webServer,
} from './receivers.ts'

const secret = 'shared-by-two-houses'
const [town, village] = ['330106109000', '330106109203'].map((code) =>
  originSchema.parse(`ledger.example.cn/${code}`),
) as [SentHead['origin'], SentHead['origin']]
const headOf = (origin: SentHead['origin'], size: number): SentHead => ({
  origin,
  size,
  at: instantOf(Date.parse('2026-03-01T09:00:00.000Z') + size),
  note: `${origin}\n${size}\nq8Zr${size}AAAA=\n\n— ${origin} 7gxMB${size}签名==\n`,
})

let folder = ''
let memory: ReturnType<typeof openJobMemory>
let clock: ManualClock
let heads: SentHead[] = []
let lines: object[] = []
let jobs: Jobs | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heads-'))
  memory = openJobMemory(join(folder, 'jobs.db'))
  clock = new ManualClock('2026-03-02T00:00:00.000Z')
  heads = [headOf(town, 9), headOf(village, 120)]
  lines = []
})
afterEach(async () => {
  await jobs?.stop()
  jobs = undefined
  memory.close()
  rmSync(folder, { recursive: true, force: true })
})

async function start(receivers: readonly Receiver[]): Promise<void> {
  await jobs?.stop()
  const job = headsJob({ at: '07:30', receivers, heads: () => heads })
  const log = (line: object): void => void lines.push(line)
  const ports = { memory, clock: clock.clock, timer: clock.timer }
  jobs = await startJobs([job], { ...ports, log: { info: log, error: log } })
}
const reach = (to: string): Promise<void> => clock.reach(to)

describe('by mail', () => {
  let server: MailServer
  beforeEach(async () => {
    server = await mailServer({ name: 'ledger@example.cn', password: 'the password' })
  })
  afterEach(() => server.close())
  const mail = (more: Partial<Mail> = {}): Mail => ({
    host: '127.0.0.1',
    port: server.port,
    secure: false,
    user: 'ledger@example.cn',
    password: 'the password',
    from: 'ledger@example.cn',
    to: ['jiwei@example.cn', 'county@example.cn'],
    ...more,
  })

  test('everybody has a letter of their own, with the checkpoints to the byte', async () => {
    await start(mailReceivers(mail()))
    await reach('2026-03-02T00:00:01.000Z')
    expect(server.letters.map(({ from, to }) => [from, to])).toEqual([
      ['ledger@example.cn', ['jiwei@example.cn']],
      ['ledger@example.cn', ['county@example.cn']],
    ])
    for (const letter of server.letters) {
      expect(Object.fromEntries(attachmentsOf(letter))).toEqual({
        '2026-03-02-330106109000.checkpoint': headOf(town, 9).note,
        '2026-03-02-330106109203.checkpoint': headOf(village, 120).note,
      })
    }
    expect(lines).toEqual([{ job: 'heads', occasion: '2026-03-02' }])
  })

  test('the next day brings what is new, and a day without news no letter', async () => {
    await start(mailReceivers(mail({ to: ['jiwei@example.cn'] })))
    await reach('2026-03-02T00:00:01.000Z')
    await reach('2026-03-03T00:00:00.000Z')
    expect(server.letters).toHaveLength(1)
    heads = [headOf(town, 9), headOf(village, 121)]
    await reach('2026-03-04T00:00:00.000Z')
    expect(server.letters).toHaveLength(2)
    const files = server.letters.slice(1).map(attachmentsOf)
    expect(files.map((file) => [...file.keys()])).toEqual([['2026-03-04-330106109203.checkpoint']])
    expect(jobs?.states()[0]).toMatchObject({ failures: 0 })
  })

  test('who is refused is tried again, alone, and the log does not say who', async () => {
    server.refused.add('jiwei@example.cn')
    await start(mailReceivers(mail()))
    await reach('2026-03-02T00:02:00.000Z')
    expect(server.letters.map(({ to }) => to)).toEqual([['county@example.cn']])
    expect(jobs?.states()[0]).toMatchObject({ name: 'heads', failures: 2 })
    expect(lines[0]).toMatchObject({ parts: [{ to: 'mail 1', detail: 'EENVELOPE 550' }] })
    expect(JSON.stringify(lines)).not.toMatch(/example\.cn|password/)
    server.refused.clear()
    await reach('2026-03-02T00:10:00.000Z')
    expect(server.letters.map(({ to }) => to)).toEqual([
      ['county@example.cn'],
      ['jiwei@example.cn'],
    ])
    expect(jobs?.states()[0]).toMatchObject({ failures: 0 })
  })

  test('a wrong password is told, never shown', async () => {
    await start(mailReceivers(mail({ password: 'a wrong one' })))
    await reach('2026-03-02T00:00:01.000Z')
    expect(server.letters).toEqual([])
    expect(lines[0]).toMatchObject({ parts: [{ detail: 'EAUTH 535' }, { detail: 'EAUTH 535' }] })
    expect(JSON.stringify(lines)).not.toMatch(/example\.cn|wrong one/)
  })

  test('nothing leaves this machine in the clear', async () => {
    // the same server, by an address that is not sure to be this machine; it offers no STARTTLS
    await start(mailReceivers(mail({ host: '0.0.0.0', to: ['a@example.cn'] })))
    await reach('2026-03-02T00:00:01.000Z')
    expect(lines[0]).toMatchObject({ parts: [{ to: 'mail 1', detail: 'ETLS 500' }] })
    expect([server.letters, server.signIns]).toEqual([[], 0])
    // and by the address of this machine it takes the same letter
    await start(mailReceivers(mail({ to: ['a@example.cn'] })))
    await reach('2026-03-02T00:00:02.000Z')
    expect(server.letters).toHaveLength(1)
    expect(server.signIns).toBe(1)
  })
})

describe('by POST', () => {
  let server: WebServer
  beforeEach(async () => {
    server = await webServer()
  })
  afterEach(() => server.close())
  const hook = (path = '/heads?key=in-the-address') =>
    webhookReceivers({ urls: [`${server.url}${path}`], secret })

  test('is signed over its time and body', async () => {
    await start(hook())
    await reach('2026-03-02T00:00:01.000Z')
    const [{ path, headers, body } = { path: '', headers: {}, body: '' }, ...more] = server.posted
    expect([path, more]).toEqual(['/heads?key=in-the-address', []])
    expect(JSON.parse(body)).toMatchObject({ day: '2026-03-02', heads })
    const [, time = '', mac = ''] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers[SIGNATURE_HEADER])) ?? []
    expect(time).toBe(String(Date.parse('2026-03-02T00:00:00.000Z') / 1000))
    const expected = (text: string) => createHmac('sha256', secret).update(text).digest('hex')
    expect(mac).toBe(expected(`${time}.${body}`))
    expect(mac).not.toBe(expected(`${time}.${body.replace('120', '121')}`))
    expect(headers[DELIVERY_HEADER]).toBe((JSON.parse(body) as { delivery: string }).delivery)
  })

  test('a crash between sending and remembering sends it again, under the same number', async () => {
    const [receiver] = hook()
    if (receiver === undefined) throw new Error('no receiver')
    const crashing: Receiver = {
      ...receiver,
      async deliver(delivery) {
        await receiver.deliver(delivery)
        throw new Error('the process was killed here')
      },
    }
    await start([crashing])
    await reach('2026-03-02T00:00:01.000Z')
    await start([receiver])
    await reach('2026-03-02T00:00:02.000Z')
    expect(server.posted).toHaveLength(2)
    const [first, second] = server.posted
    expect(second?.headers[DELIVERY_HEADER]).toBe(first?.headers[DELIVERY_HEADER])
    await start([receiver])
    await reach('2026-03-02T12:00:00.000Z')
    expect(server.posted).toHaveLength(2)
    heads = [headOf(village, 122)]
    await reach('2026-03-03T00:00:00.000Z')
    expect(server.posted[2]?.headers[DELIVERY_HEADER]).not.toBe(first?.headers[DELIVERY_HEADER])
  })

  test.each([
    [{ status: 500 }, '500'],
    [{ status: 302, location: '/elsewhere' }, '302'],
    [{ status: 404 }, '404'],
  ])('%j is no receipt', async (answer, detail) => {
    server.answer = answer
    await start(hook())
    await reach('2026-03-02T00:00:01.000Z')
    expect(server.posted.map(({ path }) => path)).toEqual(['/heads?key=in-the-address'])
    expect(lines).toEqual([expect.objectContaining({ parts: [{ to: 'webhook 1', detail }] })])
    server.answer = { status: 200 }
    await reach('2026-03-02T00:05:00.000Z')
    expect(server.posted).toHaveLength(2)
    expect(jobs?.states()[0]).toMatchObject({ failures: 0 })
  })

  test('nobody there is told without the address', async () => {
    const receivers = hook()
    await server.close()
    await start(receivers)
    await reach('2026-03-02T00:00:01.000Z')
    expect(lines[0]).toMatchObject({ parts: [{ to: 'webhook 1', detail: 'ECONNREFUSED' }] })
    expect(JSON.stringify(lines)).not.toMatch(/in-the-address|127\.0\.0\.1|shared/)
    server = await webServer()
  })
})

test('what is remembered holds no address', async () => {
  const server = await webServer()
  await start(webhookReceivers({ urls: [`${server.url}/in-the-address`], secret }))
  await reach('2026-03-02T00:00:01.000Z')
  expect(server.posted).toHaveLength(1)
  await server.close()
  const kept = ['', '-wal']
    .map((end) => readFileSync(join(folder, `jobs.db${end}`), 'latin1'))
    .join()
  expect(kept).toContain(village)
  expect(kept).not.toContain('in-the-address')
  expect(kept).not.toContain(secret)
})
