// What every store must do, told by outcomes alone. Each store's spec calls `describeStore`.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OpenStore, SqliteOptions } from '../../db/open.ts'
import { refuse } from '../../src/domain/refusal.ts'
import { type Entry, fileRefSchema } from '../../src/domain/entry.ts'
import type { Receipt, Store } from '../../src/domain/store.ts'
import { dateAt } from '../../src/domain/time.ts'
import type { Checked } from '../support/check-ledger.ts'
import {
  accepted,
  by,
  commitStep,
  company,
  countingClock,
  foldOf,
  keyless,
  otherVillage,
  refusalOf,
  requestOf,
  type Step,
  startedAt,
  township,
  ToySteps,
  village,
} from '../support/store-world.ts'

/** What of a store's options a scenario may choose. */
export type Choices = Partial<Pick<SqliteOptions, 'clock' | 'slots' | 'nonce'>>

/** One database, empty at first, that can be opened more than once. */
export interface Database {
  open(choices?: Choices): Promise<Pick<OpenStore, 'store' | 'rebuild' | 'projectionDigest'>>
  /** Recomputes all invariants from storage; throws on the first that fails. */
  check(): Promise<Checked>
  remove(): Promise<void>
}

export function describeStore(name: string, database: () => Promise<Database>): void {
  describe(name, () => {
    let db: Database
    let toy: ToySteps
    const opened: Store[] = []
    const open = async (choices?: Choices) => {
      const made = await db.open(choices)
      opened.push(made.store)
      return made
    }
    /** A store with a village in it. */
    const openVillage = async (choices?: Choices) => {
      const made = await open(choices)
      await accepted(commitStep(made.store, toy.genesis()))
      return made
    }

    beforeEach(async () => {
      db = await database()
      toy = new ToySteps()
    })
    // checkLedger after every scenario, whatever it was about
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close()
      await db.check()
      await db.remove()
    })

    describe('commit', () => {
      test('appends what was decided and says where', async () => {
        const { store } = await openVillage()
        const submitted = await accepted(commitStep(store, toy.submit(1)))
        const ended = await accepted(
          commitStep(store, toy.submit(2)).then(() => commitStep(store, toy.end(1, 2))),
        )
        expect(submitted).toMatchObject({ ledger: village, size: 2 })
        expect(submitted.entries).toMatchObject([
          { seq: 1, stream: requestOf(1), revision: 0, type: 'request.submitted' },
        ])
        expect(ended.entries).toMatchObject([
          { seq: 3, stream: requestOf(1), revision: 1, type: 'request.ended' },
          { seq: 4, stream: requestOf(2), revision: 1, type: 'request.noted' },
          { seq: 5, stream: requestOf(2), revision: 2, type: 'request.noted' },
        ])
        expect(ended.size).toBe(6)
      })

      test('is durable: another opening reads the same', async () => {
        const { store } = await openVillage()
        const { entries } = await accepted(commitStep(store, toy.submit(1)))
        await store.close()
        const again = await open()
        const [entry] = await again.store.read(village, requestOf(1))
        expect(entry).toMatchObject({ seq: entries[0]?.seq, by, type: 'request.submitted' })
      })

      test('carries facts, files and seen on the first entry only', async () => {
        const { store } = await openVillage()
        await accepted(commitStep(store, toy.submit(1)))
        await accepted(commitStep(store, toy.submit(2)))
        const step = toy.end(1, 2, { seen: 0 })
        const file = fileRefSchema.parse({ name: 'invoice', sha256: 'a'.repeat(64), size: 3 })
        const facts = () => ({ invoiceUse: { invoices: ['i1'] } })
        const command = { ...step.command, files: [file] }
        await accepted(store.commit(command, { ...step.needs, facts }, step.decide))
        const [first] = await store.read(village, requestOf(1), 0)
        const rest = await store.read(village, requestOf(2), 0)
        expect(first).toMatchObject({ seen: 0, files: [file], facts: { invoiceUse: { here: [] } } })
        for (const entry of rest) {
          expect(Object.keys(entry)).not.toEqual(expect.arrayContaining(['seen']))
          expect(entry).not.toHaveProperty('files')
          expect(entry).not.toHaveProperty('facts')
        }
      })

      test('begins a ledger with its genesis only, and once', async () => {
        const { store } = await open()
        await expect(commitStep(store, toy.submit(1))).rejects.toThrow('cannot be entry 0')
        await accepted(commitStep(store, toy.genesis()))
        expect(await refusalOf(commitStep(store, toy.genesis()))).toBe('alreadyExists')
        const second = toy.genesis()
        const forced = { ...second, decide: toy.forcedGenesis() }
        await expect(commitStep(store, forced)).rejects.toThrow('cannot be entry 1')
      })

      test('times rise though the clock does not; one group has one time', async () => {
        const times = [startedAt, startedAt, startedAt - 5000, startedAt - 1]
        const { store } = await openVillage({ clock: () => times.shift() ?? 0 })
        const receipts: Receipt[] = []
        for (const number of [1, 2, 3]) {
          const pair = [toy.submit(number), toy.submit(number + 10)]
          const [a, b] = await Promise.all(pair.map((step) => accepted(commitStep(store, step))))
          expect(a?.at).toBe(b?.at)
          if (a !== undefined) receipts.push(a)
        }
        const instants = receipts.map(({ at }) => Date.parse(at) - startedAt)
        expect(instants).toEqual([1, 2, 3])
      })

      test('stamps later than what another ledger and another opening wrote', async () => {
        const { store } = await openVillage({ clock: () => startedAt + 60_000 })
        const other = await open({ clock: () => startedAt })
        const late = await accepted(commitStep(other.store, toy.genesis(otherVillage)))
        const later = await accepted(commitStep(store, toy.submit(1)))
        expect(Date.parse(late.at)).toBe(startedAt + 60_001)
        expect(Date.parse(later.at)).toBe(startedAt + 60_002)
      })
    })

    describe('idempotency', () => {
      test('the same id and content gets the first receipt: at once and later', async () => {
        const { store } = await openVillage()
        await accepted(commitStep(store, toy.submit(2)))
        const step = toy.submit(1)
        const [first, twin] = await Promise.all([commitStep(store, step), commitStep(store, step)])
        await accepted(commitStep(store, toy.end(1, 2)))
        const repeated = await commitStep(store, step)
        await store.close()
        const reopened = await commitStep((await open()).store, step)
        expect([twin, repeated, reopened]).toEqual([first, first, first])
        expect((await db.check()).sizes.get(village)).toBe(6)
      })

      test('the same id with other content is refused, in one group and later', async () => {
        const { store } = await openVillage()
        const step = toy.submit(1)
        const altered = toy.submit(1, { id: step.command.id, amountFen: 1 })
        const [first, second] = [commitStep(store, step), commitStep(store, altered)]
        await accepted(first)
        expect(await refusalOf(second)).toBe('commandReused')
        expect(await refusalOf(commitStep(store, altered))).toBe('commandReused')
        expect(await refusalOf(commitStep((await open()).store, altered))).toBe('commandReused')
      })

      test('what was refused was not recorded: its id is free', async () => {
        const { store } = await openVillage()
        await accepted(commitStep(store, toy.submit(1)))
        const refused = toy.submit(1)
        expect(await refusalOf(commitStep(store, refused))).toBe('alreadyExists')
        await accepted(commitStep(store, toy.submit(2, { id: refused.command.id })))
      })
    })

    describe('one command leaves the others of its group unharmed', () => {
      const broken: Record<string, (toy: ToySteps) => [step: Step, message: string]> = {
        'a throw in decide': () => [
          toy.step('request.sign', { stream: requestOf(1) }, () => {
            throw new Error('decide is broken')
          }),
          'decide is broken',
        ],
        'a throw in needs.facts': () => {
          const step = toy.submit(1)
          const facts = () => {
            throw new Error('facts are broken')
          }
          return [{ ...step, needs: { ...step.needs, facts } }, 'facts are broken']
        },
        'a throw in needs.follow': () => {
          const step = toy.submit(1)
          const follow = () => {
            throw new Error('follow is broken')
          }
          return [{ ...step, needs: { ...step.needs, follow } }, 'follow is broken']
        },
        'an event the fold does not take': () => [toy.impossible(1), 'does not take'],
        'an entry that is too large': () => [
          toy.record(1, 'request.signed', { given: {}, long: Array(10).fill('字'.repeat(1000)) }),
          'tooLarge',
        ],
        'a body with null in it': () => [
          toy.record(1, 'request.signed', { given: {}, none: null as unknown as string }),
          'unsupportedValue',
        ],
        'an event for a stream not named': () => {
          const { command, decide } = toy.end(1, 2)
          return [{ command, decide, needs: { streams: [requestOf(1)] } }, 'not named in needs']
        },
        'asking for a stream not named': () => [
          toy.step('request.sign', { stream: requestOf(1) }, ({ past }) => {
            past.stream(foldOf('request'), requestOf(2))
            return refuse('notFound')
          }),
          'not named in needs',
        ],
        'asking for a stream by the fold of another kind': () => [
          toy.step('request.sign', { stream: requestOf(1) }, ({ past }) => {
            past.stream(foldOf('meeting'), requestOf(1))
            return refuse('notFound')
          }),
          'no meeting stream',
        ],
        'an event whose type is no noun and verb': () => [
          toy.record(1, 'signed', { given: {} }),
          'Invalid string',
        ],
        'relying on a ledger that is not there': () => {
          const step = toy.submit(1)
          const relied = { origin: township, streams: ['roster' as const] }
          return [{ ...step, needs: { ...step.needs, relied } }, 'not in this database']
        },
      }
      test.each(Object.entries(broken))('%s', async (_what, make) => {
        const { store } = await openVillage()
        const [step, message] = make(toy)
        const before = commitStep(store, toy.submit(3))
        const thrown = commitStep(store, step)
        const refused = commitStep(store, toy.sign(99))
        const after = commitStep(store, toy.submit(4))
        await expect(thrown).rejects.toThrow(message)
        expect(await refusalOf(refused)).toBe('notFound')
        const [a, b] = [await accepted(before), await accepted(after)]
        expect([a.at, a.size]).toEqual([b.at, b.size])
        expect([a.entries[0]?.seq, b.entries[0]?.seq]).toEqual([1, 2])
        expect((await db.check()).sizes.get(village)).toBe(3)
      })

      test('a nonce that is no nonce is not written', async () => {
        const nonces = ['n'.repeat(22), 'short', 'm'.repeat(22)]
        const { store } = await openVillage({ nonce: () => nonces.shift() ?? '' })
        const [bad, good] = [commitStep(store, toy.submit(1)), commitStep(store, toy.submit(2))]
        await expect(bad).rejects.toThrow('nonce')
        await accepted(good)
      })

      test('a ledger whose key is not here cannot be begun, and harms no other', async () => {
        const { store } = await openVillage()
        const [bad, good] = [
          commitStep(store, toy.genesis(keyless)),
          commitStep(store, toy.submit(2)),
        ]
        await expect(bad).rejects.toThrow('no key')
        await accepted(good)
      })

      test('a command whose content cannot be written is rejected alone', async () => {
        const { store } = await openVillage()
        const step = toy.step(
          'request.sign',
          { stream: requestOf(1), input: { no: undefined } },
          () => refuse('notFound'),
        )
        const after = commitStep(store, toy.submit(4))
        await expect(commitStep(store, step)).rejects.toThrow('unsupportedValue')
        await accepted(after)
      })
    })

    describe('facts', () => {
      test('see the commands decided before them in the same group', async () => {
        const { store } = await openVillage()
        const first = commitStep(store, toy.submit(1, { invoices: ['i1', 'i2'], amountFen: 100 }))
        const second = commitStep(store, toy.submit(2, { invoices: ['i2'] }))
        const third = commitStep(store, toy.submit(3, { invoices: ['i3'] }))
        await accepted(first)
        expect(await second).toEqual(
          refuse('invoiceClaimed', { invoice: 'i2', request: requestOf(1).slice(8) }),
        )
        await accepted(third)
        const [entry] = await store.read(village, requestOf(3))
        const window = { payee: 'account:100', count: 1, sum: '1.00' }
        expect(entry?.facts).toMatchObject({ payeeWindow: window })
      })

      test('see invoices of other ledgers, and forget those of ended requests', async () => {
        const { store } = await openVillage()
        await accepted(commitStep(store, toy.genesis(otherVillage)))
        await accepted(commitStep(store, toy.submit(1, { ledger: otherVillage, invoices: ['i1'] })))
        expect(await refusalOf(commitStep(store, toy.submit(1, { invoices: ['i1'] })))).toBe(
          'invoiceClaimed',
        )
        await accepted(commitStep(store, toy.submit(2, { ledger: otherVillage })))
        await accepted(commitStep(store, toy.end(1, 2, { ledger: otherVillage })))
        await accepted(commitStep(store, toy.submit(1, { invoices: ['i1'] })))
      })

      test('population and rootAfter', async () => {
        const { store } = await openVillage()
        const first = await accepted(commitStep(store, toy.submit(1)))
        const second = await accepted(commitStep(store, toy.submit(2)))
        const third = await accepted(commitStep(store, toy.end(2, 1)))
        const on = dateAt(first.at)
        const asked: unknown[] = []
        const ask = (after: Receipt['at']) =>
          toy.step(
            'request.ask',
            {
              stream: requestOf(9),
              needs: {
                facts: () => ({
                  rootAfter: { after },
                  population: { companies: [company], from: on, to: on },
                }),
              },
            },
            ({ facts }) => {
              asked.push(facts)
              return refuse('notOpen')
            },
          )
        await refusalOf(commitStep(store, ask(first.at)))
        await refusalOf(commitStep(store, ask(third.at)))
        expect(asked).toMatchObject([
          { rootAfter: { size: second.size }, population: { requests: [requestOf(2).slice(8)] } },
          { rootAfter: {} },
        ])
        expect(asked[1]).not.toHaveProperty('rootAfter.size')
      })
    })

    describe('seen', () => {
      test('a view that has moved on is refused, before decide is asked', async () => {
        const { store } = await openVillage()
        await accepted(commitStep(store, toy.submit(1)))
        await accepted(commitStep(store, toy.sign(1, { seen: 0 })))
        const never = toy.step('request.sign', { stream: requestOf(1), seen: 0 }, () => {
          throw new Error('decide was asked')
        })
        expect(await commitStep(store, never)).toEqual(refuse('staleView', { revision: '1' }))
        // of two who saw the same, one goes through
        const [a, b] = [toy.sign(1, { seen: 1 }), toy.sign(1, { seen: 1 })]
        const [first, second] = [commitStep(store, a), commitStep(store, b)]
        await accepted(first)
        expect(await refusalOf(second)).toBe('staleView')
      })

      test('seen on a stream that is not there is stale', async () => {
        const { store } = await openVillage()
        expect(await commitStep(store, toy.sign(1, { seen: 0 }))).toEqual(
          refuse('staleView', { revision: '-1' }),
        )
      })
    })

    describe('relied', () => {
      const relying = (seen: unknown[]): Step =>
        toy.step(
          'request.ask',
          {
            stream: requestOf(7),
            needs: { relied: { origin: township, streams: ['roster'] } },
          },
          ({ past }) => {
            seen.push(past.relied(foldOf('roster'), 'roster').revision)
            return { events: [toy.event(requestOf(7), 'request.signed')] }
          },
        )

      test('reads the other ledger at its present size and records it', async () => {
        const { store } = await openVillage()
        await accepted(commitStep(store, toy.genesis(township)))
        const seen: unknown[] = []
        await accepted(commitStep(store, relying(seen)))
        for (const _ of [1, 2]) await accepted(commitStep(store, toy.appoint(township)))
        await accepted(commitStep(store, relying(seen)))
        expect(seen).toEqual([-1, 1])
        const entries = await store.read(village, requestOf(7))
        expect(entries.map(({ relies }) => relies)).toEqual([
          { origin: township, size: 1 },
          { origin: township, size: 3 },
        ])
      })

      test('follows what another opening wrote there', async () => {
        const { store } = await openVillage()
        await accepted(commitStep(store, toy.genesis(township)))
        const seen: unknown[] = []
        await accepted(commitStep(store, relying(seen)))
        const other = await open()
        await accepted(commitStep(other.store, toy.appoint(township)))
        await accepted(commitStep(store, relying(seen)))
        expect(seen).toEqual([-1, 0])
      })
    })

    describe('sealed', () => {
      test('takes nothing after its seal, not even in the same group', async () => {
        const { store } = await openVillage()
        const step = toy.submit(1)
        await accepted(commitStep(store, step))
        const [sealed, late] = [commitStep(store, toy.seal()), commitStep(store, toy.submit(2))]
        await accepted(sealed)
        expect(await refusalOf(late)).toBe('ledgerSealed')
        expect(await refusalOf(commitStep(store, toy.submit(3)))).toBe('ledgerSealed')
        // what was answered before is answered the same
        await accepted(commitStep(store, step))
        expect(await refusalOf(commitStep((await open()).store, toy.submit(3)))).toBe(
          'ledgerSealed',
        )
      })
    })

    describe('read and follow', () => {
      test('give entries in order, from where they are asked, past any page', async () => {
        const { store } = await openVillage()
        await accepted(commitStep(store, toy.submit(1)))
        const signs = Array.from({ length: 600 }, () => accepted(commitStep(store, toy.sign(1))))
        await Promise.all(signs)
        const all = await store.read(village, requestOf(1))
        expect(all.map(({ revision }) => revision)).toEqual(
          Array.from({ length: 601 }, (_, i) => i),
        )
        expect(await store.read(village, requestOf(1), 598)).toEqual(all.slice(599))
        expect(await store.read(village, requestOf(2))).toEqual([])
        const followed: Entry[] = []
        for await (const { entry, bytes } of store.follow(village, 2)) {
          expect(JSON.parse(Buffer.from(bytes).toString())).toEqual(entry)
          followed.push(entry)
        }
        expect(followed).toEqual(all.slice(1))
      })
    })

    describe('several openings of one database', () => {
      test('append in turns: no gap, no double, each sees the other', async () => {
        const { store } = await openVillage()
        const other = await open({ nonce: () => 'o'.repeat(22) })
        const more = new ToySteps(1)
        for (let number = 1; number <= 12; number++) {
          const [mine, theirs] = number % 2 === 1 ? [store, other.store] : [other.store, store]
          await accepted(commitStep(mine, toy.submit(number, { payee: `account:${number}` })))
          await accepted(commitStep(theirs, more.sign(number, { seen: 0 })))
          await accepted(commitStep(mine, toy.sign(number, { seen: 1 })))
          expect(await refusalOf(commitStep(theirs, more.sign(number, { seen: 1 })))).toBe(
            'staleView',
          )
        }
        expect((await db.check()).sizes.get(village)).toBe(37)
      })
    })

    describe('projections', () => {
      test('live equals rebuilt, for any history, with a cache of any size', async () => {
        await open()
        const act = fc.record({
          kind: fc.constantFrom('submit', 'sign', 'sign', 'end', 'reopen', 'throw'),
          number: fc.integer({ min: 1, max: 6 }),
          other: fc.integer({ min: 1, max: 6 }),
          together: fc.boolean(),
        })
        await fc.assert(
          fc.asyncProperty(
            fc.array(act, { maxLength: 40 }),
            fc.constantFrom(1, 2, 1000),
            async (acts, slots) => {
              const mine = await database()
              const steps = new ToySteps()
              let made = await mine.open({ slots })
              await accepted(commitStep(made.store, steps.genesis()))
              let waiting: Promise<unknown>[] = []
              for (const { kind, number, other, together } of acts) {
                if (kind === 'reopen') {
                  await Promise.all(waiting)
                  await made.store.close()
                  made = await mine.open({ slots })
                } else {
                  const step = stepOf(steps, kind, number, other)
                  waiting.push(commitStep(made.store, step).catch(() => undefined))
                }
                if (!together) waiting = [await Promise.all(waiting)].map(() => Promise.resolve())
              }
              await Promise.all(waiting)
              const live = made.projectionDigest()
              made.rebuild()
              expect(made.projectionDigest()).toBe(live)
              await made.store.close()
              await mine.check()
              await mine.remove()
            },
          ),
          { numRuns: 40 },
        )
      })
    })

    describe('close', () => {
      test('answers what waits, then takes nothing more', async () => {
        const { store } = await openVillage({ clock: countingClock() })
        const waiting = [1, 2, 3].map((number) => commitStep(store, toy.submit(number)))
        await store.close()
        await Promise.all(waiting.map(accepted))
        await expect(commitStep(store, toy.submit(4))).rejects.toThrow('closed')
        await expect(store.read(village, requestOf(1))).rejects.toThrow('closed')
        await store.close()
      })
    })
  })
}

function stepOf(toy: ToySteps, kind: string, number: number, other: number): Step {
  switch (kind) {
    case 'submit':
      return toy.submit(number, {
        payee: `account:${other}`,
        invoices: [`i${number}`, `i${other}x`],
      })
    case 'end':
      return toy.end(number, other)
    case 'throw':
      return toy.impossible(number)
    default:
      return toy.sign(number)
  }
}
