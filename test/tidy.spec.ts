// Style as a test: what every file must and must not hold, with a planted breach for each rule.
import { describe, expect, test } from 'vitest'
import { missingFrom } from '../scripts/complete-lock.mjs'
import { projectFiles, readProject, type SourceFile } from './support/sources.ts'
import {
  everyTestRuns,
  finished,
  lockFaults,
  lockSchema,
  loosePins,
  manifestSchema,
  noDefaultExport,
  noMachinePaths,
  noRegistryHosts,
  noWayRoundTheTypes,
  oneTitle,
  shortFiles,
  type TidyRule,
  width,
  word,
} from './support/tidy.ts'

const codeFolders = ['src', 'workflows', 'db', 'test', 'bench', 'scripts']
const code = [
  ...projectFiles(codeFolders, ['.ts', '.tsx', '.mjs', '.c', '.go']),
  ...projectFiles(['.'], ['.config.ts']),
]
const product = code.filter(({ path }) => /^(?:src|workflows|db|scripts)\//.test(path))
const docs = [...projectFiles(['docs', 'test', 'bench'], ['.md']), ...projectFiles(['.'], ['.md'])]
const everything = [
  ...code,
  ...docs,
  ...projectFiles(codeFolders, ['.json', '.sql', '.css', '.sh']),
  ...projectFiles(['.'], ['.json', '.npmrc', '.gitignore']),
]

/** Files over 300 lines, each with its length; lengths only sink. Tests may be as long as their tables. */
const ratchet: Readonly<Record<string, number>> = {}

const rules: Readonly<
  Record<
    string,
    {
      files: readonly SourceFile[]
      rule: TidyRule
      bad: readonly string[]
      good: readonly string[]
    }
  >
> = {
  'lines are narrow': {
    // inline snapshots and rows of a table cannot be folded: tests answer to the formatter alone
    files: [...product, ...code.filter(({ path }) => path.startsWith('bench/'))],
    rule: width,
    bad: [
      `'x' + ${'c + '.repeat(30)}'y'`,
      `const a = b(${'c, '.repeat(40)})`,
      `// ${'word '.repeat(30)}`,
    ],
    good: [
      `  'one sentence for people ${'that cannot be folded '.repeat(9)}',`,
      `// ${'w'.repeat(110)}`,
    ],
  },
  'nothing is left for later': {
    files: everything,
    rule: finished,
    bad: [word('// TO', 'DO: later'), word('FIX', 'ME'), word('x() // XX', 'X hack')],
    good: ['const todoList = []', 'XXXL'],
  },
  'every test runs': {
    files: code,
    rule: everyTestRuns,
    bad: [
      word('test.on', "ly('x', () => {})"),
      word('describe.sk', "ip('x')"),
      word('it.to', "do('x')"),
    ],
    good: ["test.each(rows)('x')", 'list.only(x)'],
  },
  'the types are not gone round': {
    files: code,
    rule: noWayRoundTheTypes,
    bad: [
      word('// @ts-ig', 'nore'),
      word('// es', 'lint-disable-next-line'),
      word('x as an', 'y'),
      word('let x: an', 'y'),
      word('Map<an', 'y, X>'),
    ],
    good: [
      '// for any x: any at all',
      "fc.anything() as 'anything'",
      '// @ts-expect-error a string is no Money',
    ],
  },
  'no path of one machine': {
    files: everything,
    rule: noMachinePaths,
    bad: [
      word('cd /ho', 'me/li/five'),
      word("'/ro", "ot/x'"),
      word('open("/tm', 'p/x")'),
      word('see /wo', 'rk/shared'),
    ],
    good: ["'/api/v1/work/list'", './home/x', 'src/root/x', 'https://example.com/root/x'],
  },
  'no registry host': {
    files: everything,
    rule: noRegistryHosts,
    bad: [word('https://re', 'gistry.npmjs.org/x')],
    good: ['the npm registry'],
  },
  'no default export': {
    files: code,
    rule: noDefaultExport,
    bad: ['export default function x() {}'],
    good: ['export function x() {}'],
  },
  'one title a document': {
    files: docs,
    rule: oneTitle,
    bad: ['no title', '# One\n\n# Two', '\n# Late'],
    good: ['# One\n\n```sh\n# a comment\n```\n\n## Part'],
  },
  'files are short': {
    files: product,
    rule: shortFiles(ratchet),
    bad: ['x\n'.repeat(301)],
    good: ['x\n'.repeat(300)],
  },
}

describe.each(Object.entries(rules))('%s', (_name, { files, rule, bad, good }) => {
  test('in every file', () => {
    expect(files.flatMap(rule)).toEqual([])
  })
  test.each(bad.map((text) => ({ text })))('and a breach is found: $text', ({ text }) => {
    expect(rule({ path: 'src/a.ts', text })).not.toEqual([])
  })
  test.each(good.map((text) => ({ text })))('and what is right passes: $text', ({ text }) => {
    expect(rule({ path: 'src/a.ts', text })).toEqual([])
  })
})

test('the ratchet turns one way, and names only files that are', () => {
  const rule = shortFiles({ 'src/a.ts': 400 })
  const found = (lines: number) =>
    rule({ path: 'src/a.ts', text: 'x\n'.repeat(lines) }).map(({ what }) => what)
  expect(found(400)).toEqual([])
  expect(found(341)).toEqual([])
  expect(found(401)).toEqual(['401 lines, was 400'])
  expect(found(340)).toEqual([expect.stringMatching(/lower/)])
  expect(
    Object.keys(ratchet).filter((path) => !product.some((file) => file.path === path)),
  ).toEqual([])
})

describe('dependencies', () => {
  const manifest = manifestSchema.parse(JSON.parse(readProject('package.json').text))
  const lock = lockSchema.parse(JSON.parse(readProject('package-lock.json').text))

  test('are pinned exactly', () => {
    expect(loosePins(manifest)).toEqual([])
    expect(
      loosePins({
        dependencies: { a: '^1.2.3', b: '1.2.3', c: 'latest' },
        devDependencies: { d: '1.x' },
      }),
    ).toEqual(['a ^1.2.3', 'c latest', 'd 1.x'])
  })

  test('are locked as asked, without hosts', () => {
    expect(lockFaults(manifest, lock)).toEqual([])
    const packages = {
      '': { dependencies: { a: '1.0.0' } },
      'node_modules/a': { resolved: 'https://example.com/a.tgz' },
    }
    expect(lockFaults({ dependencies: { a: '1.0.1', b: '1.0.0' } }, { packages })).toEqual([
      'node_modules/a names a host',
      'a differs',
      'b differs',
    ])
  })

  // else `npm ci` refuses: run scripts/complete-lock.mjs
  test('are locked for every platform', () => {
    expect(missingFrom(lock.packages)).toEqual([])
    const packages = {
      'node_modules/a': {
        optionalDependencies: { 'a-linux-x64': '1.0.0', 'a-win32-x64': '1.0.0' },
      },
      'node_modules/a-linux-x64': { version: '1.0.0' },
    }
    expect(missingFrom(packages)).toEqual([{ name: 'a-win32-x64', version: '1.0.0' }])
  })
})
