// ledger@1: how a ledger begins and ends.
import type { By } from '../../src/domain/entry.ts'
import { describe, expect, test } from 'vitest'
import { ledgerWorkflow } from '../../workflows/ledger/v1/decide.ts'
import { ledgerFold } from '../../workflows/ledger/v1/fold.ts'
import { rosterWorkflow } from '../../workflows/roster/v1/decide.ts'
import { CorruptHistory } from '../../workflows/workflow.ts'
import { LawWorld } from '../support/law.ts'
import {
  by,
  confirm,
  found,
  foundTownship,
  founder,
  founding,
  foundVillage,
  p,
  town,
  village,
} from '../support/law-cast.ts'

const world = () => new LawWorld({ workflows: [ledgerWorkflow, rosterWorkflow] })
const genesis = {
  kind: 'village',
  name: '云溪村',
  code: '330106109203',
  township: town,
  founder,
  vkey: `${village}+a7ca6d68+AYqI49dAn1Ge0NAN`,
}
const open = (input: object, auth: By['auth'] = 'founding') => ({
  ...found(village, 'ledger.open', { ...genesis, ...input }, 'ledger'),
  by: { ...founding, auth },
})
const successor = `${village}/e2`
const seal = (office: string, to: string = successor) => ({
  ledger: village,
  stream: 'ledger' as const,
  type: 'ledger.seal',
  by: by(office),
  input: { successor: to, reason: '并村' },
})

describe('genesis', () => {
  test('names the village, its township, its founder and its key', () => {
    const made = world()
    const [entry] = made.given(open({}))
    expect(entry).toMatchObject({
      seq: 0,
      revision: 0,
      type: 'ledger.genesis',
      workflow: 'ledger@1',
    })
    expect(made.state(ledgerFold, village, 'ledger')).toMatchObject({
      kind: 'village',
      township: town,
      founder,
      sealed: false,
    })
  })

  test.each([
    ['not the founder', open({ founder: p('else') }), 'officeNotHeld'],
    ['not the founding act', open({}, 'password'), 'officeNotHeld'],
    ['another division code', open({ code: '330106109204' }), 'genesisMismatch'],
    ['the key of another ledger', open({ vkey: `${town}+a7ca6d68+AYqI` }), 'genesisMismatch'],
  ])('%s is refused', (_what, asking, code) => {
    expect(world().refusal(asking)).toBe(code)
  })

  test('happens once', () => {
    const made = world()
    made.given(open({}))
    expect(made.refusal(open({}))).toBe('alreadyExists')
  })

  test('a village without a township is malformed', () => {
    const { township: _none, ...rest } = genesis
    expect(() => world().ask({ ...open({}), input: rest })).toThrow(/township/)
  })
})

describe('the fold', () => {
  const made = world()
  made.given(open({}))
  const [first] = made.entries(village, 'ledger')
  if (first === undefined) throw new Error('no genesis')
  const opened = ledgerFold.apply(ledgerFold.initial, first)
  const sealing = {
    ...first,
    type: 'ledger.sealed',
    body: { given: { successor, reason: '并村' } },
  }
  test.each([
    ['a second genesis', opened, first],
    ['a seal before the genesis', ledgerFold.initial, sealing],
    ['a second seal', ledgerFold.apply(opened, sealing), sealing],
    ['an event of another workflow', opened, { ...first, type: 'roster.confirmed' }],
  ])('%s cannot have happened', (_what, state, entry) => {
    expect(() => ledgerFold.apply(state, entry)).toThrow(CorruptHistory)
  })
})

describe('seal', () => {
  const founded = world()
  foundTownship(founded)
  foundVillage(founded)
  confirm(founded, town, village)

  test.each([
    ['before there is a ledger', world(), seal('head'), 'notFound'],
    ['by the village', founded, seal('chead'), 'officeNotHeld'],
    ['by an officer of the centre', founded, seal('officer'), 'officeNotHeld'],
    ['on another stream', founded, { ...seal('head'), stream: 'roster' as const }, 'notFound'],
    ['into itself', founded, seal('head', village), 'genesisMismatch'],
  ])('%s is refused', (_what, given, asking, code) => {
    expect(given.fork().refusal(asking)).toBe(code)
  })

  test.each([['head'], ['leader']])('by the %s of the township names the successor', (office) => {
    const made = founded.fork()
    made.given(seal(office))
    expect(made.state(ledgerFold, village, 'ledger')).toMatchObject({ sealed: true, successor })
    expect(made.refusal(seal(office))).toBe('ledgerSealed')
    const asked = { ...found(village, 'relatives.declare', { pairs: [] }), by: by('officer') }
    const pairs = [{ a: p('dir1'), b: p('dir2'), relation: 'sibling' }]
    expect(made.refusal({ ...asked, input: { pairs } })).toBe('ledgerSealed')
    expect(founded.fork().refusal({ ...asked, input: { pairs } })).toBeUndefined()
  })
})
