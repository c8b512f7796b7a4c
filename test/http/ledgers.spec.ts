// The ledgers for whoever watches them: proofs, heads and the whole of one, held against software that knows nothing of us; every
// epoch below its own prefix.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { verifyFolder } from '../../src/app/export.ts'
import { type Origin, originSchema } from '../../src/domain/ids.ts'
import { fromBase64 } from '../../src/ledger/bytes.ts'
import { openCheckpoint } from '../../src/ledger/checkpoint.ts'
import { verifyConsistency } from '../../src/ledger/merkle.ts'
import { parseVkey } from '../../src/ledger/note.ts'
import { verifyExport } from '../../src/ledger/verify.ts'
import { cli } from '../support/cli.ts'
import { by, found, founder, g, o, p, town as township, village } from '../support/law-cast.ts'
import { vkeyOfLedger } from '../support/township-data.ts'
import type { Client } from './client.ts'
import { request } from './things.ts'
import { code, openTown, otherVillage, type Town } from './town.ts'

let town: Town
let clerk: Client
let place = ''
beforeAll(async () => {
  town = await openTown()
  clerk = await town.client(p('clerk'))
  await request(town, 'papers')
  place = mkdtempSync(join(tmpdir(), 'ledgers-'))
})
afterAll(async () => {
  await town.close()
  rmSync(place, { recursive: true, force: true })
})

const at = `/ledgers/${code(village)}`
const keyOf = (origin: Origin) => parseVkey(nodeCrypto, vkeyOfLedger(origin))
interface Head {
  readonly size: number
  readonly root: string
  readonly note: string
}

async function heads(): Promise<readonly Head[]> {
  const all: Head[] = []
  for (let above = 0; ;) {
    const { status, body } = await town.stranger().get(`${at}/checkpoints?limit=7&above=${above}`)
    expect(status).toBe(200)
    all.push(...(body['rows'] as readonly Head[]))
    if (body['next'] === undefined) return all
    above = Number(body['next'])
  }
}

describe('heads', () => {
  test('are all there for anybody, each signed, the oldest first', async () => {
    const all = await heads()
    expect(all.length).toBeGreaterThan(20)
    for (const { size, note } of all)
      expect(openCheckpoint(nodeCrypto, note, keyOf(village)).size).toBe(size)
    expect(all.map(({ size }) => size)).toEqual(all.map(({ size }) => size).sort((a, b) => a - b))
    expect(new Set(all.map(({ size }) => size)).size).toBe(all.length)
    const newest = await town.stranger().ask('GET', `~/${code(village)}/checkpoint`)
    expect(newest.text).toBe(all.at(-1)?.note)
  })

  test('are those of a ledger that is there', async () => {
    expect((await town.stranger().get('/ledgers/999999999999/checkpoints')).status).toBe(404)
  })
})

describe('consistency', () => {
  const proved = async (from: number, to: number) => {
    const { status, body } = await town.stranger().get(`${at}/consistency/${from}/${to}`)
    return { status, body: body as unknown as Proved }
  }
  interface Proved {
    readonly from: Head
    readonly to: Head
    readonly proof: readonly string[]
    readonly notes: { readonly from?: string; readonly to?: string }
  }
  const holds = ({ from, to, proof }: Proved) =>
    verifyConsistency(nodeCrypto, {
      from: from.size,
      fromRoot: fromBase64(from.root),
      to: to.size,
      toRoot: fromBase64(to.root),
      proof: proof.map((hash) => fromBase64(hash)),
    })

  test('of every head with the newest holds, and with their notes', async () => {
    const all = await heads()
    const newest = all.at(-1)
    for (const { size, root, note } of all) {
      const { status, body } = await proved(size, newest?.size ?? 0)
      expect(status).toBe(200)
      expect([body.from.root, body.notes.from, body.notes.to]).toEqual([root, note, newest?.note])
      expect(holds(body)).toBe(true)
    }
  })

  test('between any two sizes holds, and not for a root that is another', async () => {
    const { body } = await proved(3, 11)
    expect(holds(body)).toBe(true)
    const { body: other } = await proved(4, 11)
    expect(holds({ ...body, from: { ...body.from, root: other.from.root } })).toBe(false)
    expect(holds({ ...body, proof: body.proof.toReversed() })).toBe(false)
  })

  test.each([
    [5, 4],
    [0, 4],
    [1, 9_999_999],
  ])('from %i to %i is none', async (from, to) => {
    expect((await proved(from, to)).status).toBe(404)
  })
})

describe('entries', () => {
  test('are told in words, the newest first, page by page', async () => {
    const { body } = await clerk.get(`${at}/entries?limit=5`)
    const rows = body['rows'] as readonly { readonly seq: number; readonly what: string }[]
    const size = Number((await heads()).at(-1)?.size)
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5].map((n) => size - n))
    for (const { what } of rows) expect(what).toMatch(/\p{Script=Han}/u)
    const { body: rest } = await clerk.get(`${at}/entries?limit=200&before=${String(body['next'])}`)
    expect((rest['rows'] as readonly unknown[]).length).toBe(size - 5)
    expect(rest['next']).toBeUndefined()
  })

  test('are for those who see the village', async () => {
    const stranger = await town.client(p('bclerk'))
    expect((await stranger.get(`${at}/entries`)).status).toBe(404)
    expect((await town.stranger().get(`${at}/entries`)).status).toBe(401)
  })
})

describe('the export', () => {
  const downloaded = async (): Promise<string> => {
    const { status, bytes, headers } = await clerk.get(`${at}/export`)
    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="330106109203-\d+\.tar"$/,
    )
    const path = join(place, 'export.tar')
    writeFileSync(path, bytes)
    return path
  }
  const foundIn = async (path: string, vkey = vkeyOfLedger(village)) => {
    const codes: string[] = []
    let read = 0
    for await (const { violations, verified } of verifyFolder(nodeCrypto, path, { vkey })) {
      codes.push(...violations.map(({ code: of }) => of))
      read = verified
    }
    return { codes, read }
  }

  test('is taken by verify --export as it came, and unpacked by tar', async () => {
    const path = await downloaded()
    const size = (await heads()).at(-1)?.size
    const packed = await cli([
      'verify',
      '--export',
      path,
      '--vkey',
      vkeyOfLedger(village),
      '--json',
    ])
    expect([packed.code, JSON.parse(packed.out)]).toEqual([
      0,
      expect.objectContaining({ clean: true, size, entries: size }),
    ])
    execFileSync('tar', ['-xf', path, '-C', place])
    expect(await foundIn(join(place, code(village)))).toEqual({ codes: [], read: size })
  })

  test('with a byte of it changed, or cut short, is found out', async () => {
    const path = await downloaded()
    const { bytes } = await clerk.get(`${at}/export`)
    const changed = Buffer.from(bytes)
    const mark = changed.indexOf('request.submitted')
    changed[mark] = 'R'.charCodeAt(0)
    writeFileSync(path, changed)
    expect((await foundIn(path)).codes).toContain('rootMismatch')
    writeFileSync(path, bytes.subarray(0, bytes.length / 2))
    expect((await foundIn(path)).codes).toEqual(['checkpointMissing'])
    writeFileSync(path, 'no tar at all')
    expect((await foundIn(path)).codes).toEqual(['checkpointMissing'])
  })

  test('is not for those who do not see the village', async () => {
    const stranger = await town.client(p('bclerk'))
    expect((await stranger.get(`${at}/export`)).status).toBe(404)
  })
})

describe('an older epoch', () => {
  const second = originSchema.parse(`${otherVillage}/e2`)
  const prefix = code(otherVillage)
  const readAt =
    (client: Client, below: string) =>
    async (path: string): Promise<Uint8Array | undefined> => {
      const { status, bytes } = await client.ask('GET', `~/${below}/${path}`)
      return status === 200 ? bytes : undefined
    }
  const verified = async (client: Client, below: string, origin: Origin) => {
    const source = { vkey: vkeyOfLedger(origin), read: readAt(client, below) }
    const codes: string[] = []
    for await (const { violations } of verifyExport(nodeCrypto, source))
      codes.push(...violations.map(({ code: of }) => of))
    return codes
  }

  test('stays below its own prefix for whoever sees the newer, and only for them', async () => {
    const before = await town.client(p('bclerk'))
    expect(await verified(before, prefix, otherVillage)).toEqual([])
    const founded = (type: string, input: object, stream: 'roster' | 'ledger' = 'roster') =>
      found(second, type, input, stream)
    await town.given(
      {
        ledger: otherVillage,
        stream: 'ledger',
        type: 'ledger.seal',
        by: by('head'),
        input: { successor: second, reason: '重新建账' },
      },
      founded(
        'ledger.open',
        {
          kind: 'village',
          township,
          name: '菱东村',
          code: prefix,
          founder,
          vkey: vkeyOfLedger(second),
        },
        'ledger',
      ),
      founded('organisation.register', {
        kind: 'cooperative',
        organisation: g('ecoop'),
        name: '菱东村合作社',
      }),
      founded('office.open', {
        office: o('erep'),
        kind: 'legalRepresentative',
        organisation: g('ecoop'),
      }),
      founded('office.appoint', { office: o('erep'), person: p('erep'), from: '2026-01-05' }),
      founded('roster.confirm', {}),
    )
    const after = await town.client(p('erep'))
    expect(await verified(after, prefix, otherVillage)).toEqual([])
    expect(await verified(after, `${prefix}/e2`, second)).toEqual([])
    // hashes and heads stay public, entries do not: the old clerk is nobody in the new roster
    expect(await readAt(before, prefix)('checkpoint')).toBeDefined()
    expect(await verified(before, prefix, otherVillage)).toEqual(['bundleMissing'])
    const officer = await town.client(p('officer'))
    expect(await verified(officer, prefix, otherVillage)).toEqual([])
    const { body } = await town.stranger().get('/ledgers')
    const listed = body['ledgers'] as readonly {
      readonly origin: string
      readonly prefix: string
    }[]
    expect(
      listed.filter(({ origin }) => origin.includes(prefix)).map(({ prefix: below }) => below),
    ).toEqual([`/${prefix}`, `/${prefix}/e2`])
  })

  test.each(['e0', 'e3', 'tile'])('%s is none', async (epoch) => {
    const answer = await town.stranger().ask('GET', `~/${prefix}/${epoch}/checkpoint`)
    expect(answer.status).toBe(404)
  })
})
