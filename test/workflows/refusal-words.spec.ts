// What a refusal says of offices and states is said in words, in both languages: an accountant reads 镇三资中心经办, not centreOfficer.
import { describe, expect, test } from 'vitest'
import { officeKinds } from '../../src/domain/office.ts'
import { explain } from '../../src/domain/refusal.ts'
import { approve, covered, decidedBy } from '../support/authority-cast.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { by, o, p, town, village } from '../support/law-cast.ts'
import { as, openSeats, meetingWorld, on, sit } from '../support/meeting-cast.ts'
import { quiet } from '../support/quiet-facts.ts'
import { asked, form, founded, standing } from '../support/request-cast.ts'

const policy = (type: string, office: string, input: object): Asking => ({
  ledger: town,
  stream: 'policy',
  type,
  by: by(office),
  input,
})
const rule: Asking = {
  ledger: village,
  stream: 'policy',
  type: 'villageRule.enact',
  by: as('sup1'),
  input: { settings: [], ground: { meeting: 'm-2026-0001', item: 'a1' } },
}
const appoint: Asking = {
  ledger: village,
  stream: 'roster',
  type: 'office.vacate',
  by: by('clerk'),
  input: { office: o('chead'), reason: '辞职' },
}
const filing: Asking = {
  ledger: village,
  stream: 'authority/a-2026-0001',
  type: 'authorityFiling.accept',
  by: by('clerk'),
  input: {},
}
const former = {
  ...asked('supervisorySignOff.sign', 'sup1'),
  by: { ...by('sup1'), person: p('dir2') },
}

describe('an office that is needed', () => {
  test.each<[string, LawWorld, Asking, string]>([
    [
      'to enter an authority',
      decidedBy('board'),
      approve({}, by('sup1')),
      '公司负责人 company head / 报账员 reporting clerk',
    ],
    [
      'to propose a policy',
      founded(),
      policy('policy.propose', 'inspector1', { settings: [], basis: '文' }),
      '镇三资中心经办 three-assets officer / 镇三资中心主任 three-assets head',
    ],
    [
      'to enter a rule',
      quiet(meetingWorld()),
      rule,
      '社法定代表人 legal representative / 报账员 reporting clerk',
    ],
    [
      'to change the roster',
      founded(),
      appoint,
      '镇三资中心经办 three-assets officer / 镇三资中心主任 three-assets head',
    ],
    [
      'to sign from a seat one does not hold',
      standing('supervisorySignOff.open'),
      former,
      '监事 supervisor',
    ],
  ])('%s', (_what, world, asking, office) => {
    expect(world.fork().ask(asking)).toEqual({
      refused: { code: 'officeNotHeld', params: { office } },
    })
  })
})

describe('the state it is in', () => {
  test.each<[string, LawWorld, Asking, string]>([
    [
      'a request',
      standing('supervisorySignOff.open'),
      asked('payment.order', 'cashier'),
      '待监事会签字 awaiting supervisory sign-off',
    ],
    [
      'a request that was not returned',
      standing('papers'),
      asked('request.resubmit', 'clerk', form()),
      '补齐资料 papers being completed',
    ],
    ['a policy', founded(), policy('policy.endorse', 'head', {}), '无待办变更 settled'],
    [
      'a meeting',
      openSeats(quiet(meetingWorld()), 'board', [{ item: 'a1', title: '工作安排' }]),
      on('meeting/m-2026-0001', { ...sit('dir1'), type: 'meeting.open', input: {} }),
      '进行中 open',
    ],
    ['an authority', covered(), filing, '有效 open'],
  ])('%s', (_what, world, asking, state) => {
    expect(world.fork().ask(asking)).toEqual({ refused: { code: 'notOpen', params: { state } } })
  })
})

test('what does not fit a kind', () => {
  const outcome = founded().ask(asked('request.submit', 'clerk', form({ kind: 'reimbursement' })))
  if (!('refused' in outcome)) throw new Error('recorded')
  expect(outcome.refused.params).toEqual({
    detail: '垫付报销 reimbursement ≠ 收款人为单位 the payee is a firm',
  })
  const said = explain(outcome.refused, 'zh').no
  for (const kind of Object.keys(officeKinds)) expect(said).not.toMatch(new RegExp(`\\b${kind}\\b`))
})
