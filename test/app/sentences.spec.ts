// Every event of every workflow has its sentence in both languages.
import { expect, test } from 'vitest'
import { eventName } from '../../src/app/sentences.ts'
import { verifyCodes, violationOf } from '../../src/app/verify/codes.ts'
import { workflows } from '../../workflows/versions.ts'

const types = workflows.flatMap(({ acts, notes }) => [...acts.values(), ...notes])

test('there are many, each told', () => {
  expect(types.length).toBeGreaterThan(80)
  for (const type of types) {
    const { zh, en } = eventName(type)
    expect(zh, type).toMatch(/[\u4e00-\u9fff]/)
    expect(en, type).toMatch(/^[A-Za-z][a-z ]/)
  }
})

test('an event of another release goes by its type', () => {
  expect(eventName('new.happened')).toEqual({ zh: 'new.happened', en: 'new.happened' })
})

test('every finding of verify has its sentence', () => {
  for (const code of verifyCodes) {
    const { zh, en } = violationOf({ code, ledger: '', detail: '' }).sentence
    expect(zh, code).toMatch(/[\u4e00-\u9fff]/)
    expect(en, code).toMatch(/[a-z]/)
  }
  expect(new Set(verifyCodes).size).toBe(verifyCodes.length)
})
