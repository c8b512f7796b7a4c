// A township file: what is wrong with it is said with its place, what is right is founded, and nothing lies in between.
import { readFile } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { ledgerFold } from '../../workflows/ledger/v1/fold.ts'
import { policyFold, policyInForce } from '../../workflows/policy/v1/fold.ts'
import { holderOf, rosterFold, seats } from '../../workflows/roster/v1/fold.ts'
import { roll } from '../../workflows/roster/v1/roll.ts'
import { bundledTownship } from '../../src/app/demo/bundle.ts'
import { openDirectory } from '../../src/app/township/directory.ts'
import { sayTownshipFault } from '../../src/app/township/faults.ts'
import type { TownshipFile } from '../../src/app/township/file.ts'
import { type Founded, foundTownship } from '../../src/app/township/found.ts'
import { readTownshipFile } from '../../src/app/township/read.ts'
import type { Origin, StreamId } from '../../src/domain/ids.ts'
import type { Fold } from '../../src/domain/store.ts'
import { instantSchema, localDateSchema } from '../../src/domain/time.ts'
import { type DemoWorld, openDemoWorld } from '../support/demo-open.ts'

const opened: DemoWorld[] = []
afterEach(async () => {
  for (const world of opened.splice(0)) await world.close()
})

async function newWorld(seed?: number): Promise<DemoWorld> {
  const world = await openDemoWorld(seed, 'memory')
  opened.push(world)
  return world
}

const found = ({ ports, sources }: DemoWorld, file: TownshipFile) =>
  foundTownship(ports.context, file, {
    vault: ports.vault,
    mint: sources.mint,
    clock: sources.clock.read,
    vkey: ports.vkey,
  })

function requireFounded(answer: Awaited<ReturnType<typeof found>>): Founded {
  if ('faults' in answer) throw new Error(JSON.stringify(answer.faults))
  return answer
}

async function folded<S>(
  { ports }: DemoWorld,
  at: { readonly fold: Fold<S>; readonly ledger: Origin; readonly stream: StreamId },
): Promise<S> {
  let state = at.fold.initial
  for (const entry of await ports.context.store.read(at.ledger, at.stream)) {
    state = at.fold.apply(state, entry)
  }
  return state
}

const notes = ({ open }: DemoWorld): readonly string[] =>
  open.ledgers.ledgers().flatMap(({ origin }) => {
    return [...open.ledgers.checkpoints(origin)].map(({ note }) => note)
  })

/** A township as small as the law allows: what the tables below are changes of. */
const small = {
  township: {
    name: '云溪镇',
    code: '330502198000',
    domain: 'ledger.example.cn',
    founder: 'head',
    offices: [
      { kind: 'centreOfficer', holder: 'officer' },
      { kind: 'centreHead', holder: 'head' },
      { kind: 'townshipLeader', holder: 'leader' },
      { kind: 'inspector', holder: 'inspector' },
    ],
    persons: ['officer', 'head', 'leader', 'inspector'].map((key) => ({ key, name: `${key}甲` })),
  },
  policy: { settings: {}, basis: '云政〔2024〕1号', opinion: '无不同意见' },
  villages: [
    {
      name: '云溪村',
      code: '330502198201',
      cooperative: {
        name: '云溪村股份经济合作社',
        offices: [{ kind: 'councillor', holder: 'c1' }],
      },
      companies: [
        {
          name: '云溪强村公司',
          offices: [
            { kind: 'director', holder: 'm1', chair: true },
            { kind: 'supervisor', holder: 'm2' },
            { kind: 'cashier' },
          ],
        },
      ],
      persons: [{ key: 'c1', name: '理事甲' }],
      households: [
        {
          members: [
            { key: 'm1', name: '社员甲', birthday: '1970-02-03' },
            { key: 'm2', name: '社员乙' },
            { key: 'm3', name: '社员丙', birthday: '2010-05-06' },
            { key: 'm4', name: '社员丁', birthday: '1950-01-01', capacity: 'limited' },
          ],
        },
      ],
      relatives: [],
      controls: [],
    },
  ],
} as const

/** The small file with the value at a path replaced; `undefined` takes it away. */
function changed(path: string, value: unknown): string {
  const file = JSON.parse(JSON.stringify(small)) as Record<string, unknown>
  const parts = path.split('.')
  const last = parts.pop() ?? ''
  const place = parts.reduce((at, part) => at[part] as Record<string, unknown>, file)
  if (value === undefined) delete place[last]
  else place[last] = value
  return JSON.stringify(file)
}

function faultsOf(content: string): readonly string[] {
  const read = readTownshipFile(content)
  return 'faults' in read ? read.faults.map(({ code, path }) => `${code} ${path}`.trim()) : []
}

const village = 'villages.0'
const company = `${village}.companies.0`

describe('a file that says something impossible', () => {
  it('is clean before the change: every row below is the fault of its change', () => {
    expect(faultsOf(JSON.stringify(small))).toEqual([])
    expect(faultsOf(`\uFEFF${JSON.stringify(small)}`)).toEqual([])
  })

  it.each<readonly [expected: string, path: string, value: unknown]>([
    ['required township.name', 'township.name', undefined],
    ['wrongType township.offices', 'township.offices', 'none'],
    ['tooFew township.name', 'township.name', '  '],
    ['tooMany township.name', 'township.name', '镇'.repeat(101)],
    ['valueMalformed township.code', 'township.code', '33050219800'],
    ['townshipCode township.code', 'township.code', '330502198201'],
    ['valueMalformed township.domain', 'township.domain', 'Ledger.example.cn'],
    ['unknownField township', 'township.mayor', '甲'],
    ['personUnknown township.founder', 'township.founder', 'nobody'],
    ['notOneOf township.offices[0].kind', 'township.offices.0.kind', 'mayor'],
    ['officeMissing township.offices', 'township.offices.3.kind', 'centreOfficer'],
    ['officeMissing township.offices', 'township.offices.2.holder', undefined],
    [
      'officeMisplaced township.offices[0].kind',
      'township.offices',
      [{ kind: 'director', holder: 'leader' }, ...small.township.offices],
    ],
    ['required policy.opinion', 'policy.opinion', undefined],
    ['unknownField policy.settings', 'policy.settings', { 'tier.none': '1.00' }],
    ['tooFew villages', 'villages', []],
    ['codeOutside villages[0].code', `${village}.code`, '330502197201'],
    ['codeOutside villages[0].code', `${village}.code`, '330502198000'],
    ['tooFew villages[0].companies', `${village}.companies`, []],
    ['nameTwice villages[0].companies[0].name', `${company}.name`, '云溪村股份经济合作社'],
    ['textUnclean villages[0].companies[0].name', `${company}.name`, '云溪\u202E公司'],
    ['textUnclean villages[0].companies[0].name', `${company}.name`, 'e\u0301村公司'],
    ['valueMalformed villages[0].companies[0].code', `${company}.code`, '91330502'],
    [
      'personUnknown villages[0].companies[0].offices[0].holder',
      `${company}.offices.0.holder`,
      'x',
    ],
    [
      'valueMalformed villages[0].companies[0].offices[0].from',
      `${company}.offices.0.from`,
      '2024-02-30',
    ],
    ['keyTwice villages[0].persons[0].key', `${village}.persons.0.key`, 'head'],
    [
      'keyTwice villages[0].households[0].members[1].key',
      `${village}.households.0.members.1.key`,
      'm1',
    ],
    ['valueMalformed villages[0].persons[0].key', `${village}.persons.0.key`, 'c 1'],
    ['valueMalformed villages[0].persons[0].phone', `${village}.persons.0.phone`, 'unknown'],
    ['tooFew villages[0].households[0].members', `${village}.households.0.members`, []],
    [
      'personUnknown villages[0].relatives[0].b',
      `${village}.relatives`,
      [{ a: 'm1', b: 'x', relation: 'spouse' }],
    ],
    [
      'valueMalformed villages[0].controls[0].payee',
      `${village}.controls`,
      [{ person: 'm1', payee: '6222' }],
    ],
    [
      'personUnknown villages[0].controls[0].person',
      `${village}.controls`,
      [{ person: 'x', payee: 'account:6222020000001' }],
    ],
  ])('%s', (expected, path, value) => {
    expect(faultsOf(changed(path, value))).toContain(expected)
  })

  it('tells every fault of the policy, and who wrote it what to write', () => {
    const settings = { 'member.noticeDays': 9, 'tier.boardFrom': 6000, 'tier.largeFrom': '1.00' }
    const read = readTownshipFile(changed('policy.settings', settings))
    if (!('faults' in read)) throw new Error('was read')
    expect(read.faults.map((fault) => sayTownshipFault(fault, 'zh'))).toEqual([
      'policy.settings: tier.boardFrom 董事会研究起点: 格式不对，应为带引号的金额，如 "50000.00"，写的是 6000',
      'policy.settings: member.noticeDays 社员大会通知提前: 比法定底线宽松 (10, 农村集体经济组织法第27条)',
      'policy.settings: tier.largeFrom 大额起点（镇三资报备）: 各档金额次序不对（日常≤研究≤大额≤重大） (1.00)',
    ])
  })

  it('says of a wrong type what to write, in both languages', () => {
    const read = readTownshipFile(changed('villages', {}))
    if (!('faults' in read)) throw new Error('was read')
    const [fault] = read.faults
    if (fault === undefined) throw new Error('no fault')
    expect(sayTownshipFault(fault, 'zh')).toBe('villages: 类型不对，应为列表 [ … ]')
    expect(sayTownshipFault(fault, 'en')).toBe('villages: Of the wrong type; expected a list [ … ]')
  })

  it('tells two villages of one code, and two of one name, apart from one', () => {
    const twice = faultsOf(changed('villages', [small.villages[0], small.villages[0]]))
    expect(twice).toContain('codeTwice villages[1].code')
    expect(twice).toContain('nameTwice villages[1].companies[0].name')
  })

  it('is told in one go, in both languages, and says where JSON itself is broken', () => {
    const read = readTownshipFile('{"township": }')
    if (!('faults' in read)) throw new Error('was read')
    expect(read.faults.map(({ code }) => code)).toEqual(['jsonMalformed'])
    const several = readTownshipFile('{}')
    if (!('faults' in several)) throw new Error('was read')
    const said = several.faults.map((fault) => sayTownshipFault(fault, 'zh'))
    expect(said).toEqual(['township: 缺少此项', 'policy: 缺少此项', 'villages: 缺少此项'])
    expect(several.faults.map((fault) => sayTownshipFault(fault, 'en'))).toHaveLength(3)
  })
})

describe('a file that the law refuses', () => {
  it.each<readonly [expected: string, path: string, value: unknown]>([
    // L2 Art 76: who directs does not supervise, nor do the near relatives
    ['refused villages[0].companies[0].offices[1].holder', `${company}.offices.1.holder`, 'm1'],
    [
      'refused villages[0].companies[0].offices[1].holder',
      `${village}.relatives`,
      [{ a: 'm1', b: 'm2', relation: 'spouse' }],
    ],
    ['refused township.offices[0].holder', 'township.offices.0.from', '2030-01-01'],
    [
      'refused villages[0].companies[0].offices[2]',
      `${company}.offices.2`,
      { kind: 'director', chair: true },
    ],
    ['refused policy', 'policy.settings', { 'tier.boardFrom': '6000.00' }],
    [
      'birthdayAhead villages[0].households[0].members[0].birthday',
      `${village}.households.0.members.0.birthday`,
      '2024-11-02',
    ],
    [
      'capacityImpossible villages[0].households[0].members[2].capacity',
      `${village}.households.0.members.2.capacity`,
      'full',
    ],
  ])('%s: nothing is written', async (expected, path, value) => {
    const world = await newWorld()
    const read = readTownshipFile(changed(path, value))
    if ('faults' in read) throw new Error(JSON.stringify(read.faults))
    const answer = await found(world, read.file)
    const faults = 'faults' in answer ? answer.faults : []
    expect(faults.map(({ code, path: at }) => `${code} ${at}`)).toContain(expected)
    for (const fault of faults) {
      expect(sayTownshipFault(fault, 'zh')).not.toBe(sayTownshipFault(fault, 'en'))
    }
    expect(world.open.ledgers.ledgers()).toEqual([])
    expect(world.vault.held.size).toBe(0)
  })

  it('a policy that is refused is told once, not again by everybody who would endorse it', async () => {
    const world = await newWorld()
    const read = readTownshipFile(changed('policy.settings', { 'tier.boardFrom': '6000.00' }))
    if ('faults' in read) throw new Error(JSON.stringify(read.faults))
    const answer = await found(world, read.file)
    expect('faults' in answer ? answer.faults.map(({ path }) => path) : []).toEqual(['policy'])
  })

  it.each([
    ['no clearance', {}, ['refused policy']],
    ['a clearance of another day than any so far', { on: '2030-01-01' }, ['refused policy']],
    ['the clearance', { on: '2024-10-20' }, []],
  ])('law 8.1: an amount of the township’s own with %s', async (_what, cleared, expected) => {
    const world = await newWorld()
    const own = {
      ...small.policy,
      settings: { 'tier.largeFrom': '8000.00' },
      ...('on' in cleared ? { clearance: { document: '财备〔2024〕9号', ...cleared } } : {}),
    }
    const read = readTownshipFile(changed('policy', own))
    if ('faults' in read) throw new Error(JSON.stringify(read.faults))
    const answer = await found(world, read.file)
    const faults = 'faults' in answer ? answer.faults : []
    expect(faults.map(({ code, path }) => `${code} ${path}`)).toEqual(expected)
  })

  it('is written once the fault is taken out', async () => {
    const world = await newWorld()
    const read = readTownshipFile(JSON.stringify(small))
    if ('faults' in read) throw new Error('not read')
    requireFounded(await found(world, read.file))
    expect(world.open.ledgers.ledgers()).toHaveLength(2)
  })
})

describe('a township founded', () => {
  it('stands as the file says: offices held or vacant, members by capacity, a policy', async () => {
    const world = await newWorld()
    const read = readTownshipFile(JSON.stringify(small))
    if ('faults' in read) throw new Error('not read')
    const { township, villages } = requireFounded(await found(world, read.file))
    const [ledger] = villages
    if (ledger === undefined) throw new Error('no village')
    expect(township).toBe('ledger.example.cn/330502198000')
    expect(ledger).toBe('ledger.example.cn/330502198201')
    const genesis = await folded(world, { fold: ledgerFold, ledger, stream: 'ledger' })
    expect(genesis).toMatchObject({ kind: 'village', township, vkey: world.keys.vkey(ledger) })
    const roster = await folded(world, { fold: rosterFold, ledger, stream: 'roster' })
    const firm = [...roster.organisations.values()].find(({ kind }) => kind === 'company')
    if (firm === undefined) throw new Error('no company')
    expect(seats(roster, firm.id, 'cashier').map(({ id }) => holderOf(roster, id))).toEqual([
      undefined,
    ])
    expect(seats(roster, firm.id, 'director').map(({ chair }) => chair)).toEqual([true])
    expect(roster.confirmed).toBe(true)
    // m3 comes of age on her eighteenth birthday; m4 is of limited capacity by a court's finding
    const on = (date: string): number => roll(roster, { on: localDateSchema.parse(date) }).count
    expect([on('2024-11-01'), on('2028-05-05'), on('2028-05-06')]).toEqual([2, 2, 3])
    const policy = await folded(world, { fold: policyFold, ledger: township, stream: 'policy' })
    const now = instantSchema.parse('2024-11-02T00:00:00.000Z')
    expect(policyInForce(policy, now)?.version).toBe(1)
  })

  it('keeps every name in the vault and none in an entry', async () => {
    const world = await newWorld()
    const file = await bundledTownship()
    requireFounded(await found(world, file))
    const everything = world.open.ledgers
      .ledgers()
      .flatMap(({ origin, size }) => world.open.ledgers.entries(origin, 0, size))
      .map((bytes) => Buffer.from(bytes).toString('utf8'))
      .join('\n')
    const names = [...world.vault.held.values()].flatMap(({ name, label = '', phone = '' }) => {
      return [name ?? '', label, phone].filter((text) => text !== '')
    })
    expect(names.length).toBeGreaterThan(370)
    expect(names.filter((name) => everything.includes(name))).toEqual([])
    // the search would find one: legal persons stand in entries
    expect(everything).toContain('南塘渔家环境治理有限公司')
  })

  it('gives the same checkpoints to the byte from one seed, and others from another', async () => {
    const file = await bundledTownship()
    const runs: (readonly string[])[] = []
    for (const seed of [1, 1, 2]) {
      const world = await newWorld(seed)
      requireFounded(await found(world, file))
      runs.push(notes(world))
    }
    const [first, again, other] = runs
    expect(first?.length).toBeGreaterThan(4)
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
  })

  it('is not founded over another: the ledgers that are there stay as they are', async () => {
    const world = await newWorld()
    const file = await bundledTownship()
    requireFounded(await found(world, file))
    const before = notes(world)
    const answer = await found(world, file)
    const faults = 'faults' in answer ? answer.faults : []
    expect(faults.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'alreadyFounded township.code',
      'alreadyFounded villages[0].code',
      'alreadyFounded villages[1].code',
      'alreadyFounded villages[2].code',
    ])
    expect(notes(world)).toEqual(before)
  })
})

describe('the directory', () => {
  it('knows companies by name, and office-holders by label or by name', async () => {
    const world = await newWorld()
    const { villages } = requireFounded(await found(world, await bundledTownship()))
    const directory = await openDirectory(world.ports.context.store, world.vault, villages)
    const firm = directory.company('青墩物业服务有限公司')
    if (firm === undefined) throw new Error('no company')
    expect(directory.ledgerOf(firm)).toBe(villages[2])
    const buyer = directory.person(firm, '青墩村采购员')
    if (buyer === undefined) throw new Error('no buyer')
    const name = world.vault.get(buyer, 'name')
    expect(directory.person(firm, name ?? '')).toBe(buyer)
    // of another village, and nobody
    expect(directory.person(firm, '南塘村采购员')).toBeUndefined()
    expect(directory.company('南塘村股份经济合作社')).toBeUndefined()
  })

  it('names nobody where two bear one name, and nobody who was erased', async () => {
    const world = await newWorld()
    const { villages } = requireFounded(await found(world, await bundledTownship()))
    const { store } = world.ports.context
    const open = () => openDirectory(store, world.vault, villages)
    const before = await open()
    const firm = before.company('青墩物业服务有限公司')
    if (firm === undefined) throw new Error('no company')
    const buyer = before.person(firm, '青墩村采购员')
    const keeper = before.person(firm, '青墩村保管员')
    if (buyer === undefined || keeper === undefined) throw new Error('nobody')
    world.vault.put(keeper, { name: world.vault.get(buyer, 'name') ?? '' })
    const namesakes = await open()
    expect(namesakes.person(firm, world.vault.get(buyer, 'name') ?? '')).toBeUndefined()
    expect(namesakes.person(firm, '青墩村采购员')).toBe(buyer)
    world.vault.held.delete(buyer)
    expect((await open()).person(firm, '青墩村采购员')).toBeUndefined()
  })
})

describe('the bundled township', () => {
  it('has the three villages of the sample year, each within its bounds', async () => {
    const file = await bundledTownship()
    expect(file.villages.map(({ name }) => name)).toEqual(['南塘村', '菱桑村', '青墩村'])
    for (const { households, companies, cooperative } of file.villages) {
      const members = households.reduce((sum, household) => sum + household.members.length, 0)
      expect(members).toBeGreaterThanOrEqual(60)
      expect(members).toBeLessThanOrEqual(180)
      const kinds = [...cooperative.offices, ...(companies[0]?.offices ?? [])].map(
        ({ kind }) => kind,
      )
      const count = (kind: string): number => kinds.filter((one) => one === kind).length
      expect(count('director')).toBeGreaterThanOrEqual(3)
      expect(count('supervisor')).toBe(3)
      expect(count('coopSupervisor')).toBe(3)
      expect(count('councillor') % 2).toBe(1)
    }
  })

  it('is shipped as written: its file needs no repair on the way in', async () => {
    const path = new URL('../../src/app/demo/township.json', import.meta.url)
    const text = await readFile(path, 'utf8')
    expect(text.normalize('NFC')).toBe(text)
    expect(faultsOf(text)).toEqual([])
  })
})
