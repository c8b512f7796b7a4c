// init and import from the command line: a township out of one file, its drafts out of an accountant's.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cli, cliJson, type Ran } from '../support/cli.ts'

const sample = join(import.meta.dirname, '..', '..', 'src', 'app', 'demo', 'requests-2025.csv')
let place = ''
let data = ''
let founded: Ran
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'five-musts-cli-'))
  data = join(place, 'data')
  founded = await cli(['--data', data, 'init', '--demo', '--json'])
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

describe('init --demo', () => {
  test('founds four ledgers and publishes their keys', () => {
    expect(founded.code).toBe(0)
    const { ledgers } = JSON.parse(founded.out) as { ledgers: { origin: string; vkey: string }[] }
    expect(ledgers).toHaveLength(4)
    for (const { origin, vkey } of ledgers) expect(vkey.startsWith(`${origin}+`)).toBe(true)
  })

  test('leaves one whole directory, the keys for their owner alone', () => {
    expect(readdirSync(place)).toEqual(['data'])
    expect(statSync(join(data, 'keys')).mode & 0o777).toBe(0o700)
    const keys = readdirSync(join(data, 'keys'))
    expect(keys).toHaveLength(5)
    for (const key of keys) expect(statSync(join(data, 'keys', key)).mode & 0o777).toBe(0o600)
  })

  test('no key is ever printed', async () => {
    const secrets = readdirSync(join(data, 'keys')).map((name) =>
      readFileSync(join(data, 'keys', name), 'utf8').trim(),
    )
    const at = ['--data', data]
    const said = await Promise.all([
      cli([...at, 'ledger', 'list', '--json']),
      cli([...at, 'verify', '--json']),
      cli([...at, 'init', '--demo']),
    ])
    const text = [founded, ...said].map(({ out, err }) => out + err).join('\n')
    expect(text.length).toBeGreaterThan(500)
    // base64 holds plus signs of its own: the key is all that follows the fourth field of a signing key
    const bare = secrets.map((secret) => secret.replace(/^PRIVATE\+KEY(?:\+[^+]*){2}\+/, ''))
    for (const secret of bare) {
      expect(secret.length).toBeGreaterThan(20)
      expect(text).not.toContain(secret)
    }
    expect(text).not.toContain('PRIVATE')
  })

  test('verifies', async () => {
    expect((await cli(['--data', data, 'verify'])).code).toBe(0)
  })

  test('is not repeated over what is there', async () => {
    const again = await cli(['--data', data, 'init', '--demo'])
    expect(again.code).toBe(2)
    expect(again.err).toMatch(/^directoryNotEmpty: /)
  })
})

describe('import', () => {
  test('makes drafts of every row, and nothing the second time', async () => {
    const first = await cliJson(['--data', data, 'import', sample])
    expect(first).toMatchObject({ added: 625, known: 0, faults: [] })
    expect(await cliJson(['--data', data, 'import', sample])).toMatchObject({
      added: 0,
      known: 625,
    })
  })

  test('tells a bad row with its line, column and what to do; takes the good ones', async () => {
    const [head = '', first = '', second = ''] = readFileSync(sample, 'utf8').split('\n')
    const torn = join(place, 'torn.csv')
    writeFileSync(
      torn,
      [head, first.replace(/2025-\d\d-\d\d/, '2025-02-30'), second, ''].join('\n'),
    )
    const ran = await cli(['--data', data, 'import', torn])
    expect(ran.code).toBe(1)
    expect(ran.out).toMatch(/^✗ 第2行 .*2025-02-30.*不是有效日期。请写成 2025-01-31\n/)
    expect(ran.out).toMatch(/新增 0 条草稿，1 条此前已导入，1 处错误/)
  })
})
