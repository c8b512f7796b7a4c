// Looking ahead tells what deciding does: over the very rows of submission, the first "no" is decide's, and where there is
// none the route and the alerts are those that are recorded.
import { describe, expect, test, vi } from 'vitest'
import { submissionSchema, type Submission } from '../../src/domain/request.ts'
import { requestWorkflow } from '../../workflows/request/v1/decide.ts'
import { type Foreseen, lookAhead } from '../../workflows/request/v1/preview.ts'
import type { Asking, LawOutcome, LawWorld } from '../support/law.ts'
import { p } from '../support/law-cast.ts'
import { form, founded, windowOf } from '../support/request-cast.ts'
import { submission } from '../support/request-rows.ts'
import { submissionRows, submitted } from '../support/request-rows-submission.ts'

const every = new Set(Object.keys(submissionSchema.shape) as (keyof Submission)[])

/** Looked at in the very moment in which it is decided. */
function both(world: LawWorld, asking: Asking, given: ReadonlySet<keyof Submission> = every) {
  const decide = requestWorkflow.decide.bind(requestWorkflow)
  const seen: Foreseen[] = []
  const spy = vi.spyOn(requestWorkflow, 'decide').mockImplementation((command, deciding) => {
    const { input, by, stream } = command
    seen.push(lookAhead({ form: input as Submission, given, by, stream }, deciding))
    return decide(command, deciding)
  })
  try {
    const outcome: LawOutcome = world.ask(asking)
    const [ahead] = seen
    if (ahead === undefined) throw new Error('nothing was decided')
    return { outcome, ahead }
  } finally {
    spy.mockRestore()
  }
}

describe('the first refusal is the one deciding tells', () => {
  test.each(submissionRows.filter(([code]) => code !== 'alreadyExists'))(
    '%s: %s',
    (code, _what, given, asking) => {
      const { outcome, ahead } = both(given(), asking)
      expect('refused' in outcome && outcome.refused.code).toBe(code)
      expect(ahead.refusals[0]).toEqual('refused' in outcome && outcome.refused)
    },
  )
})

describe('what is taken is foreseen as it is recorded', () => {
  test.each(submitted)('%s', (_what, given, asking) => {
    const { outcome, ahead } = both(given(), asking)
    if ('refused' in outcome) throw new Error(outcome.refused.code)
    expect(ahead.refusals).toEqual([])
    const [first, ...rest] = outcome.entries
    expect(ahead.route).toEqual(first?.body['route'])
    expect(ahead.alerts).toEqual(
      rest.filter(({ type }) => type === 'alert.raised').map(({ body }) => body),
    )
  })
})

test('a form that breaks several rules is told them all, each once', () => {
  const bad = { matter: 'guarantee', witness: p('handler'), evidence: [], invoices: [] }
  const { ahead } = both(founded(), submission(bad))
  const codes = ahead.refusals.map(({ code }) => code)
  expect(codes).toEqual([
    'issuersNotThree',
    'guaranteeForbidden',
    'voucherMissing',
    'papersIncomplete',
  ])
  expect(new Set(codes).size).toBe(codes.length)
})

test('a rule is silent until what it looks at is given', () => {
  const bad = submission({ matter: 'guarantee', witness: p('handler'), evidence: [], invoices: [] })
  const { ahead } = both(founded(), bad, new Set(['company', 'amount'] as const))
  expect(ahead.refusals).toEqual([])
  expect(ahead.papers).toBeUndefined()
  expect(ahead.route?.map(({ must }) => must)).toHaveLength(5)
})

test('without an amount there is no route, without a category no list of papers', () => {
  const { ahead } = both(founded(), submission(), new Set(['company', 'category'] as const))
  expect(ahead).not.toHaveProperty('route')
  expect(ahead).not.toHaveProperty('papers')
})

test('the others in the window raise the route, and are told one by one', () => {
  const world = founded().fact('payeeWindow', windowOf('9000.00', '8000.00'))
  const { ahead } = both(world, submission())
  expect(ahead.beside?.parts.map(({ amount }) => amount)).toEqual(['9000.00', '8000.00'])
  const filing = ahead.route?.find(({ must }) => must === 'townshipFiling')
  expect(filing).toMatchObject({ demand: 'required', rule: 'rollingSum.reaches' })
  expect(both(founded(), submission()).ahead.route?.[3]).toMatchObject({ demand: 'notRequired' })
})

test('whoever is not the clerk is told so, and all the rest as well', () => {
  const asking = { ...submission({ matter: 'guarantee' }) }
  const { ahead } = both(founded(), { ...asking, by: { ...asking.by, person: p('m1') } })
  expect(ahead.refusals.map(({ code }) => code)).toEqual(['officeNotHeld', 'guaranteeForbidden'])
})

test('each line of the checklist says whether its paper is there', () => {
  const { ahead } = both(founded(), submission({ evidence: form().evidence.slice(0, 1) }))
  const decision = ahead.papers?.decision ?? []
  expect(decision.find(({ choices }) => choices.includes('purposeNote'))?.there).toBe(true)
  expect(decision.find(({ choices }) => choices.includes('relationDeclaration'))?.there).toBe(false)
})
