// The machines as they are drawn: a change of the law shows here as a change of a picture.
import { describe, expect, test } from 'vitest'
import { machineOf, machines, mermaidOf } from '../../src/app/machines.ts'
import { languages } from '../../src/domain/language.ts'
import { cli } from '../support/cli.ts'

describe.each(machines)('%s', (name) => {
  test.each(languages)('drawn in %s', async (language) => {
    await expect(mermaidOf(name, language)).toMatchFileSnapshot(
      `__snapshots__/machine-${name}.${language}.mermaid`,
    )
  })

  test('every state and event has its name in both languages', () => {
    const zh = mermaidOf(name, 'zh') ?? ''
    const titles = [...zh.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title)
    for (const title of titles.filter((text) => text.trim() !== '')) {
      expect(title).toMatch(/[\u4e00-\u9fff✓]/)
    }
    const en = mermaidOf(name, 'en') ?? ''
    expect(en).not.toMatch(/[\u4e00-\u9fff]/)
    expect(en).not.toMatch(/"[^"]*\w\.\w[^"]*"/)
  })

  test('arrows lead from drawn states to drawn states', () => {
    const text = mermaidOf(name, 'zh') ?? ''
    const ids = new Set([...text.matchAll(/^\s*(?:subgraph )?(\w+)[[(]/gm)].map(([, id]) => id))
    const ends = [...text.matchAll(/^\s*(\w+) -->\|"[^"]*"\| (\w+)$/gm)].flatMap(([, a, b]) => [
      a,
      b,
    ])
    expect(ends.length).toBeGreaterThan(3)
    for (const end of ends) expect(ids).toContain(end)
  })
})

test('there is none of another name', () => {
  expect(machineOf('nonsense')).toBeUndefined()
  expect(mermaidOf('nonsense', 'zh')).toBeUndefined()
})

test('as data: the machine’s own states, transitions and guards', () => {
  const request = machineOf('request')
  expect(request).toMatchObject({ path: '', type: 'parallel' })
  const chain = request?.states.find(({ path }) => path === 'chain')
  expect(chain?.initial).toBe('chain.issuing')
  const payment = chain?.states.find(({ path }) => path === 'chain.payment')
  const [payable] = payment?.states ?? []
  expect(payable?.on).toContainEqual({
    event: 'payment.ordered',
    guard: 'isFree',
    target: 'chain.payment.ordered',
  })
})

test('from the command line', async () => {
  const drawn = await cli(['machine', 'meeting'])
  expect(drawn.out).toBe(mermaidOf('meeting', 'zh'))
  const data = await cli(['machine', 'meeting', '--format', 'json'])
  expect(JSON.parse(data.out)).toEqual(machineOf('meeting'))
})
