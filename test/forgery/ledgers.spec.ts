// Ledgers made anew by whoever has the file and the key: nothing inside contradicts anything. What was
// unlawful is still found by deciding again; what was lawful only by whoever kept a checkpoint outside.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { readHeads } from '../../src/app/heads.ts'
import { perform } from '../../src/app/perform.ts'
import { openReading } from '../../db/reading.ts'
import type { OutsideHead } from '../../src/app/verify/outside-audit.ts'
import { commandIdSchema } from '../../src/domain/ids.ts'
import type { JsonObject } from '../../src/ledger/canonical.ts'
import { checkpointText } from '../../src/ledger/checkpoint.ts'
import { CompactRange, leafHash } from '../../src/ledger/merkle.ts'
import { signNote, vkeyOf } from '../../src/ledger/note.ts'
import { entriesOf, type Forgery, forge, tamper } from '../support/forge.ts'
import { by, company, town, village } from '../support/law-cast.ts'
import { openStore, signerOf, type TownshipData, townshipData } from '../support/township-data.ts'
import { briefly, verifyData, type Verifying } from '../support/verify-data.ts'

let original: TownshipData
let outside: readonly OutsideHead[] = []
let path = ''
const file = (): string => join(path, 'ledger.db')

beforeAll(async () => {
  original = await townshipData({ requests: 3, steps: 10 })
  path = mkdtempSync(join(tmpdir(), 'five-musts-forged-'))
  outside = [{ note: headOf(original.file), from: 'outside' }]
})
beforeEach(() => {
  rmSync(path, { recursive: true, force: true })
  cpSync(original.path, path, { recursive: true })
})
afterAll(() => {
  original.remove()
  rmSync(path, { recursive: true, force: true })
})

function headOf(database: string): string {
  const reading = openReading(database)
  try {
    return reading.ledgers.checkpoint(village)?.note ?? ''
  } finally {
    reading.close()
  }
}

const entries = (): readonly JsonObject[] => entriesOf(original.file, village)
const place = (type: string, stream = 'request/2026-000002'): number =>
  entries().findIndex((entry) => entry['type'] === type && entry['stream'] === stream)

type Edit = Forgery['edit']
const forged = (edit: Edit): void => forge({ file: file(), ledger: village, edit })
const withEntry =
  (seq: number, change: (entry: JsonObject) => JsonObject): Edit =>
  (all) =>
    all.map((entry, at) => (at === seq ? change(entry) : entry))
const as =
  (office: string, person: string) =>
  (entry: JsonObject): JsonObject => ({
    ...entry,
    by: { auth: 'password+totp', office, person },
  })
const found = async (options: Verifying = {}): Promise<readonly string[]> =>
  briefly(await verifyData(path, { headless: true, ...options }))

test('a ledger made anew without an edit is the same ledger', async () => {
  forged((all) => all)
  expect(await found({ outside })).toEqual([])
})

describe('made anew and signed with its own key', () => {
  test('a lawful edit is seen only by whoever kept a checkpoint', async () => {
    forged(
      withEntry(place('payment.recorded'), (entry) => ({
        ...entry,
        body: { given: { bankReference: 'HZ9', paidOn: '2026-03-02' } },
      })),
    )
    expect(await found()).toEqual([])
    expect(await found({ outside })).toEqual(['historyChanged'])
    expect((await found({ headless: false })).length).toBeGreaterThan(0)
  })

  test.each<[string, string, (seq: number) => Edit]>([
    ['officeNotHeld', 'payment.ordered', (seq) => withEntry(seq, as('o_clerk', 'p_clerk'))],
    ['officeNotHeld', 'request.issued', (seq) => withEntry(seq, as('o_chead', 'p_clerk'))],
    ['issuersNotThree', 'request.submitted', (seq) => withEntry(seq, sameWitness)],
    ['voucherMissing', 'request.submitted', (seq) => withEntry(seq, large)],
    ['guaranteeForbidden', 'request.submitted', (seq) => withEntry(seq, guarantee)],
    ['hospitalityProhibited', 'request.submitted', (seq) => withEntry(seq, hospitality)],
    ['notOpen', 'request.issued', (seq) => (all) => swapped(all, seq)],
  ])('%s: %s', async (code, type, edit) => {
    const seq = place(type)
    forged(edit(seq))
    const first = (await found())[0] ?? ''
    expect(first).toMatch(new RegExp(`^${code} #`))
    expect(Math.abs(Number(first.split('#')[1]) - seq)).toBeLessThanOrEqual(1)
  })

  test('a supervisor who never signed, their signature put in', async () => {
    const seq = place('supervisorySignOff.signed')
    forged(withEntry(seq + 1, as('o_sup1', 'p_sup1')))
    const [first] = await found()
    expect(first).toMatch(new RegExp(`^\\w+ #${seq + 1}$`))
  })

  test('a must left out: the entries after it do not follow', async () => {
    const seq = place('boardReview.notRequired')
    forged((all) => all.filter((_entry, at) => at !== seq))
    expect((await found())[0]).toBe(`decidedOtherwise #${seq - 2}`)
  })

  test('a whole act left out: what came after was not open', async () => {
    const seq = place('request.handled')
    forged((all) => all.filter((_entry, at) => at !== seq))
    expect((await found())[0]).toBe(`notOpen #${seq}`)
  })

  test('a recorded fact that is not what the entries say', async () => {
    const seq = place('request.submitted')
    forged(
      withEntry(seq, (entry) => ({
        ...entry,
        facts: { invoiceUse: { elsewhere: [], here: [] }, payeeWindow: { parts: [], payee: 'x' } },
      })),
    )
    expect((await found())[0]).toBe(`factDiffers #${seq}`)
  })

  test('decided under a policy that was not in force', async () => {
    const seq = place('request.submitted')
    forged(withEntry(seq, (entry) => ({ ...entry, policy: '7@00000000' })))
    expect((await found())[0]).toBe(`decidedOtherwise #${seq}`)
  })

  test('law 10.3: relying on the township as it was before it had a policy', async () => {
    const seq = place('request.submitted')
    forged(withEntry(seq, (entry) => ({ ...entry, relies: { origin: town, size: 2 } })))
    expect((await found())[0]).toMatch(
      new RegExp(`^(?:reliesStale|policyMissing|officeNotHeld) #${seq}$`),
    )
  })

  test('law 10.3: relying on the township as it was one commit before', async () => {
    const seq = entries().findIndex(({ relies }) => relies !== undefined)
    forged(withEntry(seq, reliedBefore))
    expect((await found())[0]).toBe(`reliesStale #${seq}`)
  })

  test('law 10.3: relying on the township inside one of its commits', async () => {
    const seq = entries().findLastIndex(({ relies }) => relies !== undefined)
    // Its last two commits made one.
    forge({
      file: file(),
      ledger: town,
      edit: (all) => all.map((e, at) => sameTime(e, all[at + 1], at + 2 === all.length)),
    })
    expect(await found()).toEqual([])
    forged(withEntry(seq, reliedBefore))
    expect((await found())[0]).toBe(`reliesWrong #${seq}`)
  })

  test('by somebody who proved who they are in no way there is', async () => {
    const seq = place('payment.ordered')
    forged(
      withEntry(seq, (entry) => ({
        ...entry,
        by: { ...(entry['by'] as JsonObject), auth: 'nobody-signed-in' },
      })),
    )
    expect((await found())[0]).toBe(`entryMalformed #${seq}`)
  })

  test('a nonce used twice', async () => {
    const seq = place('payment.ordered')
    forged((all) => withEntry(seq, (e) => ({ ...e, nonce: all[3]?.['nonce'] ?? '' }))(all))
    expect(await found()).toEqual([`nonceRepeated #${seq}`])
    // The same 16 bytes, written otherwise.
    forged((all) => withEntry(seq, (e) => ({ ...e, nonce: alike(all[3]?.['nonce']) }))(all))
    expect(await found()).toEqual([`nonceRepeated #${seq}`])
  })

  test('a checkpoint signed inside a commit', async () => {
    const seq = place('memberVote.notRequired')
    expect(entries()[seq + 1]?.['at']).toBe(entries()[seq]?.['at'])
    forged((all) => all)
    signAt(seq + 1)
    expect(await found()).toEqual([`checkpointInside #${seq}`])
  })

  test('one invoice claimed twice', async () => {
    const [first, second] = [
      place('request.submitted', 'request/2026-000001'),
      place('request.submitted'),
    ]
    forged((all) => {
      const invoices = invoicesOf(all[first])
      return withEntry(second, (entry) => withGiven(entry, { invoices }))(all)
    })
    const codes = await found()
    expect(codes[0]).toBe(`factDiffers #${second}`)
  })

  test('one command id for two commands', async () => {
    const seq = place('request.witnessed')
    forged((all) =>
      withEntry(seq, (e) => ({ ...e, command: all[seq - 2]?.['command'] ?? '' }))(all),
    )
    expect(await found()).toContain(`commandRepeated #${seq}`)
  })
})

describe('signed with another key', () => {
  test('every checkpoint is refused by whoever holds the key', async () => {
    forge({
      file: file(),
      ledger: village,
      edit: (all) => all,
      signer: { ...signerOf(town), name: village },
    })
    const codes = await found()
    expect(codes.length).toBeGreaterThan(10)
    expect(new Set(codes.map((code) => code.split(' ')[0]))).toEqual(new Set(['checkpointInvalid']))
  })

  test('and with that key named in the genesis: only the pinned key tells', async () => {
    const vkey = vkeyOf(nodeCrypto, village, nodeCrypto.publicKey(signerOf(town).seed))
    forge({
      file: file(),
      ledger: village,
      edit: withEntry(0, (entry) => withGiven(entry, { vkey })),
      signer: { ...signerOf(town), name: village },
    })
    expect(await found({ pinned: [town] })).toEqual([])
    expect((await found())[0]).toBe('keyDiffers #0')
  })
})

describe('the newest entries cut off', () => {
  const cut = (size: number): void => {
    forged((all) => all.slice(0, size))
  }

  test('without a trace inside: only an outside checkpoint tells, and from where', async () => {
    const size = place('payment.recorded')
    cut(size)
    expect(await found()).toEqual([])
    expect(await found({ outside })).toEqual([`ledgerShortened #${size}`])
    expect(await found({ headless: false })).toContain(`ledgerShortened #${size}`)
  })

  test('with the checkpoints left: the ledger’s own signature tells', async () => {
    const size = place('payment.recorded')
    tamper(file(), (db) =>
      db.prepare('delete from entry where ledger = ? and seq >= ?').run(village, size),
    )
    expect(await found()).toContain(`ledgerShortened #${size}`)
  })
})

describe('the file rolled back', () => {
  test('to a copy of this morning: the heads kept since tell', async () => {
    const { store } = await openStore(path)
    const before = entriesOf(file(), village).length
    await store.close()
    const morning = readFileSync(file())
    await grown()
    writeFileSync(file(), morning)
    rmSync(`${file()}-wal`, { force: true })
    rmSync(`${file()}-shm`, { force: true })
    expect(await found()).toEqual([])
    expect(await found({ headless: false })).toEqual([`ledgerShortened #${before}`])
  })
})

describe('what is reported', () => {
  test('one ledger alone, when asked', async () => {
    forged(withEntry(place('payment.ordered'), as('o_clerk', 'p_clerk')))
    expect(await found({ only: town })).toEqual([])
    expect((await found({ only: village })).length).toBeGreaterThan(0)
  })

  test('in both languages, the refusal in its own words', async () => {
    forged(withEntry(place('payment.ordered'), as('o_clerk', 'p_clerk')))
    const [first] = (await verifyData(path, { headless: true })).found
    expect(first?.sentence.zh).toMatch(/^依当时规则不应准许：您现在不担任/)
    expect(first?.sentence.en).toMatch(/^Should have been refused: You do not now hold/)
  })

  test('an outside checkpoint of another key, and one of no ledger here', async () => {
    const kept = await readHeads(join(path, 'heads'))
    const [note = ''] = kept.map((head) => head.note)
    const foreign = note.replaceAll('330106109', '330106108')
    expect(await found({ outside: [{ note: foreign, from: 'f' }] })).toEqual(['ledgerMissing'])
    const altered = outside.map((head) => ({ ...head, note: head.note.replace('\n\n', '\nx\n\n') }))
    expect((await found({ outside: altered }))[0]).toMatch(/^outsideInvalid/)
    expect(await found({ outside: [{ note: 'nothing', from: 'f' }] })).toEqual(['outsideInvalid'])
  })
})

const given = (entry: JsonObject | undefined): JsonObject => {
  const body = entry?.['body']
  return (body as { given?: JsonObject } | undefined)?.given ?? {}
}
const withGiven = (entry: JsonObject, change: JsonObject): JsonObject => ({
  ...entry,
  body: { ...(entry['body'] as JsonObject), given: { ...given(entry), ...change } },
})
const sameWitness = (entry: JsonObject) => withGiven(entry, { witness: 'p_handler' })
/** No invoice any more, nor a question after its neighbours. */
const large = (entry: JsonObject): JsonObject => {
  const { sellerInvoices: _, ...facts } = entry['facts'] as JsonObject
  return { ...withGiven(entry, { amount: '2000.00', invoices: [] }), facts }
}
const guarantee = (entry: JsonObject) => withGiven(entry, { matter: 'guarantee' })
const hospitality = (entry: JsonObject) => withGiven(entry, { category: 'hospitality' })
const invoicesOf = (entry: JsonObject | undefined) => given(entry)['invoices'] ?? []

const reliedBefore = (entry: JsonObject): JsonObject => {
  const relies = entry['relies'] as { origin: string; size: number }
  return { ...entry, relies: { ...relies, size: relies.size - 1 } }
}
const sameTime = (entry: JsonObject, next: JsonObject | undefined, merge: boolean): JsonObject =>
  merge ? { ...entry, at: next?.['at'] ?? '' } : entry

/** Another text of the same 128 bits: the last of 22 characters has four to spare. */
const alike = (nonce: unknown): string => {
  const text = String(nonce)
  expect(text).toMatch(/A$/)
  return `${text.slice(0, -1)}B`
}

/** Whoever has the key can sign whatever stood at any size. */
function signAt(size: number): void {
  tamper(file(), (db) => {
    const range = new CompactRange(nodeCrypto)
    for (const bytes of db
      .prepare<[string, number], Buffer>(
        'select bytes from entry where ledger = ? and seq < ? order by seq',
      )
      .pluck()
      .all(village, size))
      range.append(leafHash(nodeCrypto, bytes))
    const root = range.root()
    const note = signNote(
      nodeCrypto,
      checkpointText({ origin: village, size, root }),
      signerOf(village),
    )
    db.prepare(
      `insert into checkpoint (ledger, size, at, root, note)
       select ledger, ?, json_extract(bytes, '$.at'), ?, ? from entry where ledger = ? and seq = ?`,
    ).run(size, root, note, village, size - 1)
  })
}

/** The act at a place and the one before it in each other's stead; each keeps its own time. */
function swapped(all: readonly JsonObject[], seq: number): readonly JsonObject[] {
  const [before, after] = [all[seq - 1], all[seq]]
  if (before === undefined || after === undefined) return all
  const made = [...all]
  made[seq - 1] = { ...after, at: before['at'] ?? '' }
  made[seq] = { ...before, at: after['at'] ?? '' }
  return made
}

/** One more act through the one way in. */
async function grown(): Promise<void> {
  const { store } = await openStore(path)
  const outcome = await perform(
    { store },
    {
      id: commandIdSchema.parse('01980000-0000-7000-8000-000000000001'),
      type: 'booking.record',
      ledger: village,
      stream: 'request/2026-000003',
      by: by('book'),
      input: { voucherNo: '记-3', entity: company, debit: '5602', credit: '1002' },
    },
  )
  await store.close()
  if ('refused' in outcome) throw new Error(outcome.refused.code)
}
