import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutModes, diskAfterCut, sectorSize, type CutMode } from '../support/powercut-disk.ts'
import { acknowledged, parseJournal } from '../support/powercut-journal.ts'
import type { Journal, JournalRecord } from '../support/powercut-journal.ts'

const root = 1n
const found = (path: string, inode: bigint, content: string | null) => ({
  path,
  inode,
  bytes: content === null ? null : Buffer.from(content),
})
const journalOf = (records: JournalRecord[], ...files: ReturnType<typeof found>[]): Journal => ({
  before: [found('', root, null), ...files],
  records,
})
const syncRoot: JournalRecord = { op: 'sync', inode: root, path: '' }
const sync = (inode: bigint): JournalRecord => ({ op: 'sync', inode, path: 'a' })
const write = (inode: bigint, at: number, content: string | Buffer): JournalRecord => ({
  op: 'write',
  inode,
  at,
  bytes: Buffer.from(content),
})

/** All that a file held over the seeds ('absent' when its name was gone), sorted. */
function outcomes(journal: Journal, path: string, mode?: CutMode): string[] {
  const contents = Array.from({ length: 200 }, (_, seed) => {
    const cut = mode === undefined ? { seed } : { seed, mode }
    return diskAfterCut(journal, cut).files.get(path)?.toString() ?? 'absent'
  })
  return [...new Set(contents)].toSorted()
}

describe('names', () => {
  const created: JournalRecord[] = [
    { op: 'create', inode: 2n, path: 'a' },
    write(2n, 0, 'new'),
    sync(2n),
  ]

  test.each<[string, Journal, string[]]>([
    ['an fsync of a file does not keep its name', journalOf(created), ['absent', 'new']],
    ['an fsync of the directory does', journalOf([...created, syncRoot]), ['new']],
    [
      'a removed file may come back',
      journalOf([{ op: 'remove', path: 'a' }], found('a', 2n, 'old')),
      ['absent', 'old'],
    ],
    [
      'a removed file stays away after an fsync of the directory',
      journalOf([{ op: 'remove', path: 'a' }, syncRoot], found('a', 2n, 'old')),
      ['absent'],
    ],
    [
      'a rename over a file leaves the old one or the new one',
      journalOf(
        [
          { op: 'create', inode: 3n, path: 'b' },
          write(3n, 0, 'new'),
          sync(3n),
          { op: 'rename', path: 'b', to: 'a' },
        ],
        found('a', 2n, 'old'),
      ),
      ['new', 'old'],
    ],
    [
      'a rename before an fsync of the file may leave an empty one',
      journalOf(
        [
          { op: 'create', inode: 3n, path: 'b' },
          write(3n, 0, 'new'),
          { op: 'rename', path: 'b', to: 'a' },
          syncRoot,
        ],
        found('a', 2n, 'old'),
      ),
      ['', '\0\0\0', 'new'],
    ],
    [
      'the inode of a removed file, given to the next, carries nothing over',
      journalOf(
        [
          { op: 'remove', path: 'a' },
          { op: 'create', inode: 2n, path: 'b' },
          write(2n, 0, 'new'),
          sync(2n),
        ],
        found('a', 2n, 'old'),
      ),
      ['absent', 'old'],
    ],
    [
      'a file in a folder whose name was not kept is gone',
      journalOf([
        { op: 'mkdir', inode: 4n, path: 'f' },
        { op: 'create', inode: 2n, path: 'f/a' },
        { op: 'sync', inode: 4n, path: 'f' },
      ]),
      ['absent'],
    ],
    ['-shm is left out', journalOf([], found('a-shm', 2n, 'x')), ['absent']],
  ])('%s', (_, journal, expected) => {
    expect(outcomes(journal, 'a')).toEqual(expected)
  })

  test('a folder is there with its files or not at all', () => {
    const journal = journalOf([
      { op: 'mkdir', inode: 4n, path: 'f' },
      { op: 'create', inode: 2n, path: 'f/a' },
      write(2n, 0, 'new'),
      sync(2n),
      { op: 'sync', inode: 4n, path: 'f' },
    ])
    expect(outcomes(journal, 'f/a')).toEqual(['absent', 'new'])
  })

  test('a rename across directories is refused, not guessed', () => {
    const journal = journalOf(
      [
        { op: 'mkdir', inode: 4n, path: 'f' },
        { op: 'rename', path: 'a', to: 'f/a' },
      ],
      found('a', 2n, 'old'),
    )
    expect(() => diskAfterCut(journal, { seed: 0 })).toThrow('a rename across directories')
  })
})

describe('content', () => {
  const one = 'x'.repeat(sectorSize)
  const old = found('a', 2n, 'o'.repeat(2 * sectorSize))
  const both = journalOf([write(2n, 0, 'y'.repeat(2 * sectorSize))], old)
  const sectors = (contents: string[]) =>
    contents.map((content) => `${content[0]}${content[sectorSize]}`)

  test('a write across sectors tears in each way', () => {
    expect(sectors(outcomes(both, 'a', 'torn'))).toEqual(['oo', 'oy', 'yo', 'yy'])
  })

  test('a reordered write is there whole or not at all', () => {
    expect(sectors(outcomes(both, 'a', 'reordered'))).toEqual(['oo', 'yy'])
  })

  test('of two reordered writes, the later may be there without the earlier', () => {
    const journal = journalOf([write(2n, 0, one), write(2n, sectorSize, one)], old)
    expect(sectors(outcomes(journal, 'a', 'reordered'))).toEqual(['oo', 'ox', 'xo', 'xx'])
    expect(sectors(outcomes(journal, 'a', 'ordered'))).toEqual(['oo', 'xo', 'xx'])
  })

  test('a sector never holds a later write without the earlier ones to it', () => {
    const journal = journalOf([write(2n, 0, 'a'), write(2n, 1, 'b')], found('a', 2n, '--'))
    expect(outcomes(journal, 'a', 'torn')).toEqual(['--', 'a-', 'ab'])
  })

  test('a truncation that was not fsynced may not have happened', () => {
    const journal = journalOf([{ op: 'truncate', inode: 2n, size: 1 }], found('a', 2n, 'old'))
    expect(outcomes(journal, 'a')).toEqual(['o', 'old'])
  })

  test('the same seed leaves the same disk', () => {
    const disk = () => diskAfterCut(both, { seed: 7 })
    expect(disk()).toEqual(disk())
  })
})

/** Any run of writes, truncations and fsyncs on one file of up to six sectors. */
const runs = fc.array(
  fc.oneof(
    fc
      .record({
        at: fc.nat(5 * sectorSize),
        fill: fc.integer({ min: 1, max: 255 }),
        size: fc.nat(1200),
      })
      .map(({ at, fill, size }) => write(2n, at, Buffer.alloc(size + 1, fill))),
    fc.nat(6 * sectorSize).map((size): JournalRecord => ({ op: 'truncate', inode: 2n, size })),
    fc.constant(sync(2n)),
  ),
  { maxLength: 12 },
)

describe('any run', () => {
  const contentAfter = (records: JournalRecord[], seed: number, mode: CutMode): Buffer =>
    diskAfterCut(journalOf(records, found('a', 2n, '')), { seed, mode }).files.get('a') ??
    Buffer.from('absent')

  /** The model, told apart from the subject: the content after each record since the last fsync. */
  function versionsOf(records: JournalRecord[]): Buffer[] {
    let versions = [Buffer.alloc(0)]
    for (const record of records) {
      const last = versions.at(-1) ?? Buffer.alloc(0)
      if (record.op === 'sync') versions = [last]
      else if (record.op === 'truncate') versions.push(padded(last, record.size))
      else if (record.op === 'write') {
        const next = padded(last, Math.max(last.length, record.at + record.bytes.length))
        record.bytes.copy(next, record.at)
        versions.push(next)
      }
    }
    return versions
  }
  const padded = (content: Buffer, size: number) =>
    Buffer.concat([content.subarray(0, size), Buffer.alloc(Math.max(0, size - content.length))])

  test('what was fsynced is kept in every mode', () => {
    fc.assert(
      fc.property(runs, fc.nat(), fc.constantFrom(...cutModes), (records, seed, mode) => {
        const [durable] = versionsOf([...records, sync(2n)])
        expect(contentAfter([...records, sync(2n)], seed, mode)).toEqual(durable)
      }),
    )
  })

  test('dropped leaves the last fsync, kept the last call', () => {
    fc.assert(
      fc.property(runs, fc.nat(), (records, seed) => {
        const versions = versionsOf(records)
        expect(contentAfter(records, seed, 'dropped')).toEqual(versions.at(0))
        expect(contentAfter(records, seed, 'kept')).toEqual(versions.at(-1))
      }),
    )
  })

  test('without truncations, each sector is one of those it was since the last fsync', () => {
    fc.assert(
      fc.property(runs, fc.nat(), fc.constantFrom(...cutModes), (records, seed, mode) => {
        const growing = records.filter(({ op }) => op !== 'truncate')
        const versions = versionsOf(growing).map((version) => padded(version, 16 * sectorSize))
        const content = padded(contentAfter(growing, seed, mode), 16 * sectorSize)
        for (let at = 0; at < content.length; at += sectorSize) {
          const sector = content.subarray(at, at + sectorSize)
          const seen = versions.some((version) =>
            version.subarray(at, at + sectorSize).equals(sector),
          )
          expect(seen, `sector at byte ${at}`).toBe(true)
        }
      }),
    )
  })
})

describe('the journal', () => {
  const record = (op: number, payload: string): Buffer => {
    const header = Buffer.alloc(32)
    header.write('PWC1')
    header.writeUInt32LE(op, 4)
    header.writeBigUInt64LE(BigInt(payload.length), 24)
    return Buffer.concat([header, Buffer.from(payload)])
  }
  const bytes = Buffer.concat([record(8, '1\n'), record(8, '2\n3')])

  test('acknowledges whole lines only', () => {
    const journal = journalOf(parseJournal(bytes, '/disk'))
    expect(acknowledged(journal)).toEqual(['1', '2'])
    expect(acknowledged(journal, 1)).toEqual(['1'])
  })

  test.each([1, 2, 34])('leaves out a last record that lacks %i bytes', (lacking) => {
    const journal = journalOf(parseJournal(bytes.subarray(0, -lacking), '/disk'))
    expect(acknowledged(journal)).toEqual(['1'])
  })

  test('is refused when bytes between records are none', () => {
    const damaged = Buffer.concat([record(8, '1\n'), Buffer.from('?'), record(8, '2\n')])
    expect(() => parseJournal(damaged, '/disk')).toThrow('no record at byte 34')
  })

  test('is refused when a path is outside the watched directory', () => {
    expect(() => parseJournal(record(6, '/disk/a\0/other/a'), '/disk')).toThrow(
      'across the watched',
    )
  })
})
