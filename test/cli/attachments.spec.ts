// attachment add, check, sweep and erase from the command line, over a township just founded.
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pdfOf } from '../../src/app/demo/pdf.ts'
import { cli, cliJson } from '../support/cli.ts'

const VILLAGE = '330502199201'
const page = pdfOf('建账前的合同')
const sha256 = createHash('sha256').update(page).digest('hex')
let place = ''
let data = ''
let contract = ''
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'five-musts-cli-'))
  data = join(place, 'data')
  contract = join(place, '合同.pdf')
  writeFileSync(contract, page)
  expect((await cli(['--data', data, 'init', '--demo'])).code).toBe(0)
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

const at = (...args: readonly string[]): readonly string[] => [
  '--data',
  data,
  'attachment',
  ...args,
]

test('add keeps what may be kept and says why not of the rest', async () => {
  const program = join(place, 'program.pdf')
  writeFileSync(program, 'MZ not a page at all')
  const words = join(place, 'words.txt')
  writeFileSync(words, 'words')
  const { code, out } = await cli(at('add', VILLAGE, contract, program, words))
  expect(code).toBe(1)
  expect(out).toContain(`✓ ${sha256} application/pdf ${page.length}`)
  expect(out).toMatch(/✗ \S+program\.pdf 内容与后缀不符/)
  expect(out).toMatch(/✗ \S+words\.txt 不是可以上传的格式/)
  const files = readdirSync(join(data, 'attachments'), { recursive: true, withFileTypes: true })
  const kept = files.filter((entry) => entry.isFile())
  expect(kept.map(({ name }) => name)).toEqual([expect.stringContaining(sha256)])
  const [entry] = kept
  if (entry === undefined) throw new Error('it is kept')
  expect(readFileSync(join(entry.parentPath, entry.name)).includes('%PDF')).toBe(false)
})

test('a file that is not there is a fault of whoever typed it', async () => {
  const { code, err } = await cli(at('add', VILLAGE, join(place, 'nothing.pdf')))
  expect([code, err]).toEqual([2, expect.stringMatching(/^fileUnreadable: /)])
})

test('sweep leaves what is younger than a month', async () => {
  expect(await cliJson(at('sweep'))).toEqual({ orphans: 0, unknown: 0 })
})

test('check tells what entries name and is not there; it is no fault of the ledger', async () => {
  const { named, missing, altered } = await cliJson(at('check', '--read'))
  expect([named, altered]).toEqual([missing, 0])
})

test('erase is for good, and every proof stands', async () => {
  const why = ['--basis', '个人信息保护法第四十七条', '--approver', '镇三资中心主任']
  expect((await cli(at('erase', VILLAGE, sha256))).code).not.toBe(0)
  expect((await cli(at('erase', VILLAGE, sha256, ...why))).code).toBe(0)
  const again = await cli(at('erase', VILLAGE, sha256, ...why))
  expect([again.code, again.err]).toEqual([2, expect.stringMatching(/^notFound: /)])
  const back = await cli(at('add', VILLAGE, contract))
  expect([back.code, back.out]).toEqual([1, expect.stringContaining('已依法删除')])
  expect((await cli(['--data', data, 'verify'])).code).toBe(0)
})
