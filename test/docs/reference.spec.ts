// The reference says what the code says: regenerated in memory and compared.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readmes, reference, withChain } from '../../scripts/reference.ts'

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

describe('the READMEs', () => {
  it.each(readmes)('%s draws the chain as the machine is', (name, language) => {
    const readme = readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
    expect(readme).toContain('```mermaid')
    expect(withChain(readme, language)).toBe(readme)
  })
})
