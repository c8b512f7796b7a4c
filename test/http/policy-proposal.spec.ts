// The change of policy under way on the policy's page: whoever endorses it sees what, over what, why, from when, and who has.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { by, p, town as townOrigin } from '../support/law-cast.ts'
import { openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const policy = { ledger: townOrigin, stream: 'policy' as const }

test('is told whole from its proposal to its end, and to nobody before or after', async () => {
  const head = await town.client(p('centrehead'))
  const proposalNow = async () => (await head.get('/township/policy')).body['proposal']
  expect(await proposalNow()).toBeUndefined()

  const settings = ['tier.dailyMax', 'tier.boardFrom'].map((key) => ({ key, value: '4000.00' }))
  const input = { settings, basis: '镇〔2026〕2号', reason: '从严', from: '2026-04-01' }
  await town.given({ ...policy, type: 'policy.propose', by: by('officer'), input })
  const proposed = {
    person: p('officer'),
    basis: '镇〔2026〕2号',
    reason: '从严',
    from: '2026-04-01',
    settings: settings.map(({ key }) => ({ key, was: '5,000.00元', value: '4,000.00元' })),
    clearances: [],
    endorsements: [],
    opinions: [],
  }
  expect(await proposalNow()).toMatchObject(proposed)

  const clearing = { document: '县备〔2026〕7号', on: '2026-03-02' }
  await town.given({ ...policy, type: 'policy.clear', by: by('officer'), input: clearing })
  await town.given({ ...policy, type: 'policy.endorse', by: by('head'), input: { remark: '好' } })
  expect(await proposalNow()).toMatchObject({
    ...proposed,
    clearances: [{ ...clearing, person: p('officer') }],
    endorsements: [{ person: p('centrehead'), as: 'centreHead', remark: '好' }],
  })

  const ending = { reason: '另行提出' }
  await town.given({ ...policy, type: 'policy.withdraw', by: by('officer'), input: ending })
  expect(await proposalNow()).toBeUndefined()
})
