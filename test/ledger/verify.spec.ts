// Exports of a ledger: whole, damaged in every byte, forged with the ledger's own key, shortened.
import { describe, expect, test } from 'vitest'
import { nodeCrypto as c } from '../../src/app/crypto.ts'
import { EntryAuditor } from '../../src/ledger/auditor.ts'
import { fromUtf8, toBase64, toHex, utf8 } from '../../src/ledger/bytes.ts'
import { parseCanonical, type Json, type JsonObject } from '../../src/ledger/canonical.ts'
import { openCheckpoint } from '../../src/ledger/checkpoint.ts'
import type { LedgerCrypto } from '../../src/ledger/crypto.ts'
import { FormatError } from '../../src/ledger/error.ts'
import { parseVkey } from '../../src/ledger/note.ts'
import { encodeEntryBundle } from '../../src/ledger/tiles.ts'
import { verifyExport, type Progress } from '../../src/ledger/verify.ts'
import { VIOLATIONS, type Violation, type ViolationCode } from '../../src/ledger/violation.ts'
import {
  checkpointOf,
  exportOf,
  ledgerEntries,
  nodesOf,
  ORIGIN,
  VKEY,
  type Files,
} from '../support/ledger-fixture.ts'
import { EVERY_BIT, flipped } from '../support/ledger-flips.ts'
import { nobleCrypto } from '../support/ledger-noble.ts'

const SIZE = 20
const UNKNOWN_LINE = `— witness.example.cn/jiwei ${toBase64(new Uint8Array(76))}\n`
const entries = ledgerEntries(SIZE)
const whole: Files = exportOf(entries).set(
  'checkpoint',
  utf8(`${checkpointOf(entries)}${UNKNOWN_LINE}`),
)

async function stepsOf(
  files: Files,
  options: { vkey?: string; against?: string; crypto?: LedgerCrypto } = {},
): Promise<Progress[]> {
  const { vkey = VKEY, against, crypto = c } = options
  const read = (path: string) => files.get(path)
  const source = { read, vkey, ...(against === undefined ? {} : { against }) }
  return collect(verifyExport(crypto, source))
}

async function collect(run: AsyncIterable<Progress>): Promise<Progress[]> {
  const steps: Progress[] = []
  for await (const step of run) steps.push(step)
  return steps
}

async function violationsOf(
  files: Files,
  options: Parameters<typeof stepsOf>[1] = {},
): Promise<readonly Violation[]> {
  return (await stepsOf(files, options)).flatMap((step) => step.violations)
}

async function codesOf(files: Files, options: Parameters<typeof stepsOf>[1] = {}) {
  return (await violationsOf(files, options)).map((violation) => violation.code)
}

const changedFile = (path: string, bytes: Uint8Array) => new Map(whole).set(path, bytes)
const without = (path: string) => new Map([...whole].filter(([name]) => name !== path))

describe('a whole ledger', () => {
  test.each([1, 2, 20, 255, 256, 257, 600])('of %d entries', async (size) => {
    const list = ledgerEntries(size)
    const steps = await stepsOf(exportOf(list), { against: checkpointOf(list.slice(0, 1)) })
    expect(steps.flatMap((step) => step.violations)).toEqual([])
    expect(steps.at(-1)).toMatchObject({ verified: size, size })
    const verified = steps.map((step) => step.verified)
    expect(verified).toEqual([...verified].sort((a, b) => a - b))
    expect(steps).toHaveLength(Math.ceil(size / 256) + 1)
  })

  test('is found whole by the other implementation of the primitives', async () => {
    expect(await violationsOf(whole, { crypto: nobleCrypto })).toEqual([])
  })

  test('may be read from afar, and with full files where partial ones were', async () => {
    const list = ledgerEntries(512)
    const files = new Map([...exportOf(list.slice(0, 300)), ...exportOf(list)])
    files.set('checkpoint', utf8(checkpointOf(list.slice(0, 300))))
    expect(files.delete('tile/entries/001.p/44')).toBe(true)
    expect(files.delete('tile/0/001.p/44')).toBe(true)
    const read = async (path: string) => files.get(path)
    const steps = await collect(verifyExport(c, { read, vkey: VKEY }))
    expect(steps.flatMap((step) => step.violations)).toEqual([])
    expect(steps.at(-1)).toMatchObject({ verified: 300, size: 300 })
  })

  test('a key that is none is the caller’s fault', async () => {
    await expect(violationsOf(whole, { vkey: 'no key' })).rejects.toThrow(FormatError)
  })
})

describe('every byte of an export', () => {
  const fileOf = (files: Files, path: string) => files.get(path) ?? new Uint8Array(0)

  // What an inspector would take from the export, were it accepted.
  const meaningOf = (files: Files) => {
    const note = fromUtf8(fileOf(files, 'checkpoint'))
    const { origin, size, root } = openCheckpoint(c, note, parseVkey(c, VKEY))
    const tiles = [...files].filter(([path]) => path.startsWith('tile/'))
    return [origin, size, toHex(root), ...tiles.map(([path, bytes]) => `${path} ${toHex(bytes)}`)]
  }

  interface Damage {
    readonly path: string
    readonly at: number
    readonly files: Files
  }

  function* damages(
    files: Files,
    masksOf: (path: string, at: number) => readonly number[],
  ): Generator<Damage> {
    for (const [path, bytes] of files) {
      for (let at = 0; at < bytes.length; at++) {
        const copies = masksOf(path, at).map((mask) => flipped(bytes, at, mask))
        for (const copy of copies) yield { path, at, files: new Map(files).set(path, copy) }
      }
    }
  }

  async function unreported(found: Iterable<Damage>, crypto: LedgerCrypto = c): Promise<Damage[]> {
    const missed: Damage[] = []
    for (const damage of found) if (!(await isReported(damage.files, crypto))) missed.push(damage)
    return missed
  }

  // The key file of the export itself is taken as the pinned one here, so that its bytes count too.
  async function isReported(files: Files, crypto: LedgerCrypto): Promise<boolean> {
    try {
      const vkey = fromUtf8(fileOf(files, 'vkey')).replace(/\n$/, '')
      for await (const step of verifyExport(crypto, { read: (path) => files.get(path), vkey })) {
        if (step.violations.length > 0) return true
      }
      return false
    } catch (error) {
      if (error instanceof FormatError) return true
      throw error
    }
  }

  // All eight bits of what is read as text; one bit a byte, each in turn, of what is only hashed.
  const masks = (path: string, at: number) =>
    path.startsWith('tile/') ? [1 << (at % 8)] : EVERY_BIT

  test('is reported when flipped, or changes nothing', { timeout: 120_000 }, async () => {
    const note = fromUtf8(fileOf(whole, 'checkpoint'))
    const unknown = utf8(note.slice(0, note.indexOf(UNKNOWN_LINE))).length
    const meaning = meaningOf(whole)
    const missed = await unreported(damages(whole, masks))
    // The line of a key nobody here knows may become another such line; nothing else may change.
    expect(missed.length).toBeGreaterThan(0)
    expect(missed.filter(({ path, at }) => path !== 'checkpoint' || at < unknown)).toEqual([])
    for (const { files } of missed) expect(meaningOf(files)).toEqual(meaning)
  })

  // The controls: the same flips, found missing where the guard that finds them is out.
  const oneBit = (_: string, at: number) => [1 << (at % 7)]
  const small = ledgerEntries(3)

  test('control: without signatures, flips in the checkpoint go unseen', async () => {
    const files = exportOf(small).set('vkey', utf8(VKEY))
    const unsigned = { ...c, verify: () => true }
    const missed = await unreported(damages(files, oneBit), unsigned)
    expect(missed.map(({ path }) => path)).toContain('checkpoint')
    expect(await unreported(damages(files, oneBit))).toEqual([])
  })

  test('control: without the tree, flips in entries go unseen', async () => {
    // A hash over the first byte only: leaf and node prefixes still differ, contents do not count.
    const blind = {
      ...c,
      sha256: (data: Uint8Array) => c.sha256((data[0] ?? 2) < 2 ? data.subarray(0, 1) : data),
    }
    const files = exportOf(small, blind)
    const inEntries = (path: string) => (path.startsWith('tile/entries/') ? [1] : [])
    expect(await unreported(damages(files, inEntries), blind)).not.toEqual([])
    expect(await unreported(damages(exportOf(small), inEntries))).toEqual([])
  })
})

const bundle = 'tile/entries/000.p/20'
const bundled = whole.get(bundle) ?? new Uint8Array(0)
const DAMAGED: readonly [string, Files, readonly ViolationCode[]][] = [
  ['no checkpoint', without('checkpoint'), ['checkpointMissing']],
  ['an empty checkpoint', changedFile('checkpoint', new Uint8Array(0)), ['checkpointInvalid']],
  [
    'a checkpoint of nobody',
    changedFile('checkpoint', utf8(`a\n1\nb\n\n${UNKNOWN_LINE}`)),
    ['checkpointInvalid'],
  ],
  ['no entries', without(bundle), ['bundleMissing']],
  ['entries cut', changedFile(bundle, bundled.slice(0, -1)), ['bundleMalformed']],
  ['an entry too many', changedFile(bundle, Uint8Array.of(...bundled, 0, 0)), ['bundleMalformed']],
  ['no hashes', without('tile/0/000.p/20'), ['tileMissing']],
  ['hashes cut', changedFile('tile/0/000.p/20', new Uint8Array(0)), ['tileMismatch']],
  [
    'hashes too many',
    changedFile(
      'tile/0/000.p/20',
      Uint8Array.of(...(whole.get('tile/0/000.p/20') ?? []), ...new Uint8Array(32)),
    ),
    ['tileMismatch'],
  ],
  [
    'an older checkpoint over these entries',
    changedFile('checkpoint', utf8(checkpointOf(entries.slice(0, 19)))),
    ['bundleMissing'],
  ],
  ['an entry that is none', exportOf(entries.with(19, utf8('no entry'))), ['entryNotCanonical']],
  [
    'entries swapped',
    changedFile(
      bundle,
      encodeEntryBundle(entries.with(4, entries[5] ?? bundled).with(5, entries[4] ?? bundled)),
    ),
    ['seqMismatch', 'seqMismatch', 'timeReversed', 'tileMismatch', 'rootMismatch'],
  ],
]

describe('files missing or damaged', () => {
  test.each(DAMAGED)('%s', async (_, files, codes) => {
    const found = await violationsOf(files)
    expect(found.map(({ code }) => code)).toEqual(codes)
    expect(found.every(({ ledger }) => ledger === ORIGIN)).toBe(true)
  })

  test('deeper in: the second bundle, a hash tile of level 1', async () => {
    const files = exportOf(ledgerEntries(600))
    files.delete('tile/entries/001')
    const steps = await stepsOf(files)
    expect(steps.flatMap((step) => step.violations)).toMatchObject([
      { code: 'bundleMissing', detail: 'tile/entries/001' },
    ])
    expect(steps.at(-1)).toMatchObject({ verified: 256, size: 600 })

    const damaged = exportOf(ledgerEntries(600))
    for (const path of ['tile/0/001', 'tile/1/000.p/2', 'tile/0/002.p/88']) {
      damaged.set(path, flipped(damaged.get(path) ?? new Uint8Array(1), 40, 1))
    }
    const details = (await violationsOf(damaged)).map(({ code, detail }) => `${code} ${detail}`)
    expect(details).toEqual([
      'tileMismatch tile/0/001',
      'tileMismatch tile/0/002.p/88',
      'tileMismatch tile/1/000.p/2',
    ])
  })
})

const at = (size: number) => checkpointOf(entries.slice(0, size))
const shortened = exportOf(entries.slice(0, 15))
// Changed from one entry on, chained and signed again with the ledger's own key.
const rewrite = (from: number, size = SIZE) =>
  exportOf(
    ledgerEntries(size, (entry, seq) => (seq >= from ? { ...entry, body: { note: 'x' } } : entry)),
  )
const OUTSIDE: readonly [string, Files, string, readonly ViolationCode[]][] = [
  ['shortened, held against the same size', shortened, at(15), []],
  ['shortened by one more than is known', shortened, at(16), ['ledgerShortened']],
  ['shortened', shortened, at(20), ['ledgerShortened']],
  ['rewritten after what is known', rewrite(5), at(5), []],
  ['rewritten at the last entry known', rewrite(5), at(6), ['historyChanged']],
  ['rewritten', rewrite(5), at(20), ['historyChanged']],
  ['the last entry rewritten', rewrite(19), at(20), ['historyChanged']],
  ['shortened and rewritten, held against more', rewrite(0, 10), at(12), ['ledgerShortened']],
  ['shortened and rewritten, held against less', rewrite(1, 10), at(3), ['historyChanged']],
  ['nothing', whole, '', ['outsideInvalid']],
  ['a false one', whole, at(10).replace('\n10\n', '\n11\n'), ['outsideInvalid']],
]

describe('against an outside checkpoint', () => {
  test('without it, neither what is gone nor what was rewritten shows', async () => {
    expect(await codesOf(shortened)).toEqual([])
    expect(await codesOf(rewrite(5))).toEqual([])
  })

  test.each(OUTSIDE)('%s', async (_, files, against, codes) => {
    expect(await codesOf(files, { against })).toEqual(codes)
  })

  test("another ledger's checkpoint", async () => {
    const other = { name: `${ORIGIN}/e2`, seed: new Uint8Array(32).fill(3) }
    const against = checkpointOf(entries, c, other)
    expect(await codesOf(whole, { against })).toEqual(['outsideInvalid'])
  })
})

// Each ledger here is signed by its own key and has a right tree: only the entry tells.
const at5 = (change: { readonly [key: string]: Json }) => (entry: JsonObject, seq: number) =>
  seq === 5 ? { ...entry, ...change } : entry
const lacking = (name: string) => (entry: JsonObject, seq: number) =>
  seq === 5 ? Object.fromEntries(Object.entries(entry).filter(([key]) => key !== name)) : entry
const zeros = '0'.repeat(64)
const place = { ledger: ORIGIN, seq: 5, stream: 'request/2026-000002' }

type Expected = Partial<Violation> & { readonly code: ViolationCode }
const FORGED: readonly [
  string,
  (entry: JsonObject, seq: number) => JsonObject,
  readonly Expected[],
][] = [
  [
    'another ledger',
    at5({ ledger: `${ORIGIN}0` }),
    [{ ...place, code: 'ledgerMismatch', detail: `${ORIGIN}0 ≠ ${ORIGIN}` }],
  ],
  ['no ledger', lacking('ledger'), [{ ...place, code: 'fieldMalformed', detail: 'ledger' }]],
  ['another place', at5({ seq: 6 }), [{ ...place, code: 'seqMismatch', detail: '6 ≠ 5' }]],
  ['no place', lacking('seq'), [{ ...place, code: 'fieldMalformed', detail: 'seq' }]],
  [
    'a place that is no number',
    at5({ seq: '5' }),
    [{ ...place, code: 'fieldMalformed', detail: 'seq' }],
  ],
  [
    'a revision left out',
    at5({ revision: 2 }),
    [
      { ...place, code: 'revisionMismatch', detail: '2 ≠ 1' },
      { ...place, seq: 8, code: 'revisionMismatch', detail: '2 ≠ 3' },
    ],
  ],
  [
    'a negative revision',
    at5({ revision: -1 }),
    [{ ...place, code: 'fieldMalformed', detail: 'revision' }],
  ],
  ['no revision', lacking('revision'), [{ ...place, code: 'fieldMalformed', detail: 'revision' }]],
  ['the chain cut', at5({ prev: zeros }), [{ ...place, code: 'prevMismatch' }]],
  [
    'a previous entry that is no hash',
    at5({ prev: 'A'.repeat(64) }),
    [{ ...place, code: 'fieldMalformed', detail: 'prev' }],
  ],
  ['no previous entry', lacking('prev'), [{ ...place, code: 'fieldMalformed', detail: 'prev' }]],
  ['no nonce', lacking('nonce'), [{ ...place, code: 'nonceMalformed' }]],
  ['a short nonce', at5({ nonce: 'A'.repeat(21) }), [{ ...place, code: 'nonceMalformed' }]],
  ['a long nonce', at5({ nonce: 'A'.repeat(23) }), [{ ...place, code: 'nonceMalformed' }]],
  [
    'a nonce in the other alphabet',
    at5({ nonce: `+/${'A'.repeat(20)}` }),
    [{ ...place, code: 'nonceMalformed' }],
  ],
  ['back-dating', at5({ at: '2026-11-21T00:00:00.000Z' }), [{ ...place, code: 'timeReversed' }]],
  [
    'a time in another zone',
    at5({ at: '2026-11-22T08:00:05.000+08:00' }),
    [{ ...place, code: 'fieldMalformed', detail: 'at' }],
  ],
  [
    'a month that is none',
    at5({ at: '2026-13-22T00:00:05.000Z' }),
    [{ ...place, code: 'fieldMalformed', detail: 'at' }],
  ],
  [
    'a time without milliseconds',
    at5({ at: '2026-11-22T00:00:05Z' }),
    [{ ...place, code: 'fieldMalformed', detail: 'at' }],
  ],
  ['no time', lacking('at'), [{ ...place, code: 'fieldMalformed', detail: 'at' }]],
  ['no type', lacking('type'), [{ ...place, code: 'fieldMalformed', detail: 'type' }]],
  ['a second genesis', at5({ type: 'ledger.genesis' }), [{ ...place, code: 'genesisRepeated' }]],
  [
    'a seal in the middle',
    (entry, seq) => (seq === 18 ? { ...entry, type: 'ledger.sealed' } : entry),
    [{ ...place, seq: 19, stream: 'request/2026-000001', code: 'entryAfterSeal' }],
  ],
  [
    'a new stream that does not begin at 0',
    at5({ stream: 'request/x' }),
    [
      { ...place, stream: 'request/x', code: 'revisionMismatch', detail: '1 ≠ 0' },
      { ...place, stream: 'request/x', code: 'prevMismatch' },
      { ...place, seq: 8, code: 'revisionMismatch', detail: '2 ≠ 1' },
      { ...place, seq: 8, code: 'prevMismatch' },
    ],
  ],
  [
    'no stream',
    lacking('stream'),
    [
      { code: 'fieldMalformed', ledger: ORIGIN, seq: 5, detail: 'stream' },
      { ...place, seq: 8, code: 'revisionMismatch' },
      { ...place, seq: 8, code: 'prevMismatch' },
    ],
  ],
  [
    'no genesis',
    (entry) => (entry['seq'] === 0 ? { ...entry, type: 'ledger.opened' } : entry),
    [{ ledger: ORIGIN, seq: 0, stream: 'ledger', code: 'genesisMissing', detail: 'ledger.opened' }],
  ],
  [
    'a seal at the end',
    (entry, seq) => (seq === 19 ? { ...entry, type: 'ledger.sealed' } : entry),
    [],
  ],
  ['one time for all', (entry) => ({ ...entry, at: '2026-11-22T00:00:00.000Z' }), []],
]

describe('entries forged by the keeper of the key', () => {
  test.each(FORGED)('%s', async (_, change, expected) => {
    const found = await violationsOf(exportOf(ledgerEntries(SIZE, change)))
    expect(found).toMatchObject(expected)
    expect(found).toHaveLength(expected.length)
  })

  test('bytes that are no canonical entry', async () => {
    const spaced = utf8(` ${fromUtf8(entries[19] ?? new Uint8Array(0))}`)
    expect(await violationsOf(exportOf(entries.with(19, spaced)))).toEqual([
      { code: 'entryNotCanonical', ledger: ORIGIN, seq: 19, detail: 'notCanonical' },
    ])
    expect(await codesOf(exportOf([utf8('{"a":{"b":null}}')]))).toEqual([
      'entryNotCanonical',
      'genesisMissing',
    ])
    const sealed = ledgerEntries(2, (entry) => ({ ...entry, type: 'ledger.sealed' }))
    const after = await violationsOf(exportOf(sealed.with(1, utf8('{"a":{"b":null}}'))))
    expect(after).toMatchObject([
      { code: 'genesisMissing', seq: 0 },
      { code: 'entryNotCanonical', seq: 1, detail: 'unsupportedValue a.b' },
      { code: 'entryAfterSeal', seq: 1 },
    ])
  })

  test('a stream goes on from what its entries say, so a fault is reported once', async () => {
    const list = ledgerEntries(SIZE)
    const gap = list.toSpliced(5, 1)
    const found = await violationsOf(exportOf(gap))
    const chain = found.filter(({ code }) => code !== 'seqMismatch')
    expect(chain).toMatchObject([
      { code: 'revisionMismatch', seq: 7, stream: 'request/2026-000002' },
      { code: 'prevMismatch', seq: 7, stream: 'request/2026-000002' },
    ])
    expect(found.length - chain.length).toBe(14)
  })
})

describe('the auditor alone, as a database feeds it', () => {
  test('size, root, nodes and the entry read last', () => {
    const nodes = new Map<string, Uint8Array>()
    const auditor = new EntryAuditor(c, ORIGIN, ({ level, index, hash }) => {
      nodes.set(`${level}/${index}`, hash)
    })
    const read = nodesOf(c, entries)
    const key = parseVkey(c, VKEY)
    for (const [seq, bytes] of entries.entries()) {
      expect(auditor.size).toBe(seq)
      expect(auditor.next(bytes)).toEqual([])
      expect(auditor.entry).toEqual(parseCanonical(bytes))
      const checkpoint = openCheckpoint(c, checkpointOf(entries.slice(0, seq + 1)), key)
      expect(auditor.root()).toEqual(checkpoint.root)
    }
    expect(nodes.size).toBe(20 + 10 + 5 + 2 + 1)
    for (const [name, hash] of nodes) {
      const [level, index] = name.split('/').map(Number)
      expect(hash).toEqual(read(level ?? -1, index ?? -1))
    }
    auditor.next(utf8('no entry'))
    expect(auditor.entry).toBeUndefined()
    expect(auditor.size).toBe(21)
  })
})

test('every violation has a sentence in both languages', () => {
  const sentences = Object.values(VIOLATIONS)
  for (const { zh, en } of sentences) {
    expect(zh).toMatch(/^[\p{Script=Han}、，：；]+。$/u)
    expect(en).toMatch(/^[A-Z].*\.$/)
  }
  expect(new Set(sentences.flatMap(({ zh, en }) => [zh, en])).size).toBe(2 * sentences.length)
})

test('every violation has its row in a table above', () => {
  const codes = [
    ...DAMAGED.flatMap(([, , expected]) => expected),
    ...OUTSIDE.flatMap(([, , , expected]) => expected),
    ...FORGED.flatMap(([, , expected]) => expected.map(({ code }) => code)),
  ]
  expect([...new Set(codes)].sort()).toEqual(Object.keys(VIOLATIONS).sort())
})
