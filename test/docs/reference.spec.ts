// The reference says what the code says: regenerated in memory and compared.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { reference } from '../../scripts/reference.ts'

const folder = new URL('../../docs/reference/', import.meta.url)

describe('docs/reference', () => {
  const pages = Object.entries(reference())
  it.each(pages)('%s is what the code says (npm run reference)', (name, content) => {
    expect(readFileSync(new URL(name, folder), 'utf8')).toBe(content)
  })
  it('has no page that nothing writes', () => {
    expect(readdirSync(folder).sort()).toEqual(pages.map(([name]) => name).sort())
  })
})
