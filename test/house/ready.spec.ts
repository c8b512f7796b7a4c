// A fresh clone made ready: the real scripts in a small project of their own, with an npm that only counts its calls.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkNode, explainInstall } from '../../scripts/ready.mjs'

const house = join(import.meta.dirname, '..', '..')
let clone: string

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(clone, path)), { recursive: true })
  writeFileSync(join(clone, path), text)
}
const read = (path: string): string => readFileSync(join(clone, path), 'utf8')

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'five-musts-clone-'))
  cpSync(join(house, 'scripts'), join(clone, 'scripts'), { recursive: true })
  for (const name of ['tsconfig.json', 'tsconfig.build.json'])
    cpSync(join(house, name), join(clone, name))
  write('package.json', '{ "type": "module", "dependencies": { "a": "1.0.0" } }')
  write('package-lock.json', '{ "packages": { "": {}, "node_modules/a": { "version": "1.0.0" } } }')
  write(
    'src/main.ts',
    "import { name } from '../db/name.ts'\nconsole.log(name, process.argv.slice(2).join(' '))\n",
  )
  write('db/name.ts', "export const name: string = 'five'\n")
  write('db/sqlite/migrations/0000_first.sql', 'select 1;\n')
  // stands for npm: leaves a mark, the compiler and Node's types, and the hidden lock file that npm writes last
  write(
    'fake/npm',
    `#!/bin/sh
echo "$@" >> calls
rm -rf node_modules; mkdir -p node_modules
for name in typescript @typescript @types undici-types; do
  ln -s "$HOUSE/node_modules/$name" node_modules/
done
printf '{ "packages": { "node_modules/a": { "version": "1.0.0" } } }' \
  > node_modules/.package-lock.json
`,
  )
  chmodSync(join(clone, 'fake/npm'), 0o755)
})
afterEach(() => rmSync(clone, { recursive: true, force: true }))

function runScript(script: string, ...args: readonly string[]) {
  const { npm_execpath: _theRealOne, ...env } = process.env
  const PATH = `${join(clone, 'fake')}${delimiter}${process.env['PATH'] ?? ''}`
  const path = join(clone, 'scripts', script)
  return spawnSync(process.execPath, [path, ...args], {
    cwd: clone,
    env: { ...env, PATH, HOUSE: house },
    encoding: 'utf8',
  })
}
const calls = (): number =>
  existsSync(join(clone, 'calls')) ? read('calls').trimEnd().split('\n').length : 0

describe('ready', () => {
  test('installs and builds once, then only looks', () => {
    const first = runScript('ready.mjs')
    expect(first.stderr).toMatch(/正在安装依赖.*Installing packages/)
    expect(first.status).toBe(0)
    expect(read('calls')).toBe('ci --no-audit --no-fund\n')
    expect(read('dist/db/sqlite/migrations/0000_first.sql')).toBe('select 1;\n')
    const stamp = read('dist/.stamp')

    const second = runScript('ready.mjs')
    expect(second).toMatchObject({ status: 0, stdout: '', stderr: '' })
    expect(calls()).toBe(1)
    expect(read('dist/.stamp')).toBe(stamp)
  })

  test('builds again when a source, a migration or a setting changed; what is gone goes', () => {
    runScript('ready.mjs')
    const stamps = [read('dist/.stamp')]
    const changes: readonly (() => void)[] = [
      () => write('db/name.ts', "export const name: string = 'six'\n"),
      () => write('db/sqlite/migrations/0001_second.sql', 'select 2;\n'),
      () => rmSync(join(clone, 'db/sqlite/migrations/0000_first.sql')),
      () =>
        write(
          'tsconfig.build.json',
          read('tsconfig.build.json').replace('"sourceMap": true', '"sourceMap": false'),
        ),
    ]
    for (const change of changes) {
      change()
      expect(runScript('ready.mjs').status).toBe(0)
      stamps.push(read('dist/.stamp'))
    }
    expect(new Set(stamps).size).toBe(changes.length + 1)
    expect(existsSync(join(clone, 'dist/db/sqlite/migrations/0000_first.sql'))).toBe(false)
    expect(existsSync(join(clone, 'dist/db/name.js.map'))).toBe(false)
    expect(calls()).toBe(1)
  })

  test('installs again when the lock file changed', () => {
    runScript('ready.mjs')
    write(
      'package-lock.json',
      '{ "packages": { "": {}, "node_modules/a": { "version": "1.0.1" } } }',
    )
    runScript('ready.mjs')
    expect(calls()).toBe(2)
  })

  test('takes an install made by hand that fits, and no torn one', () => {
    write('package.json', '{ "type": "module" }')
    const packages = {
      '': { dependencies: { a: '1.0.0' } },
      'node_modules/a': { version: '1.0.0' },
    }
    write('package-lock.json', JSON.stringify({ packages }))
    runScript('ready.mjs')
    rmSync(join(clone, 'node_modules', '.five-musts-stamp'))
    runScript('ready.mjs')
    expect(calls()).toBe(1)
    rmSync(join(clone, 'node_modules', '.five-musts-stamp'))
    rmSync(join(clone, 'node_modules', '.package-lock.json'))
    runScript('ready.mjs')
    expect(calls()).toBe(2)
  })

  test('a failed build says so and leaves the old one', () => {
    runScript('ready.mjs')
    write('db/name.ts', 'export const name: string = 5\n')
    const failed = runScript('ready.mjs')
    expect(failed.status).toBe(1)
    expect(failed.stderr).toMatch(/db\/name\.ts.*[\s\S]*编译未通过[\s\S]*The build failed/)
    expect(read('dist/db/name.js')).toContain("'five'")
  })

  test('a failed install says what to do in both languages, and is tried again', () => {
    write('fake/npm', '#!/bin/sh\necho "gyp ERR! stack Error: not found: make" >&2\nexit 1\n')
    const failed = runScript('ready.mjs')
    expect(failed.status).toBe(1)
    expect(failed.stderr).toMatch(/not found: make[\s\S]*C\+\+ 工具链[\s\S]*C\+\+ toolchain/)
    expect(existsSync(join(clone, 'node_modules', '.five-musts-stamp'))).toBe(false)
  })
})

describe('the command', () => {
  test('runs in a fresh clone, then without a word of its own', () => {
    expect(runScript('five-musts.mjs', 'list', '--json')).toMatchObject({
      status: 0,
      stdout: 'five list --json\n',
    })
    expect(runScript('five-musts.mjs', 'x')).toMatchObject({
      status: 0,
      stdout: 'five x\n',
      stderr: '',
    })
  })

  test('runs through a link, as npm makes it', () => {
    symlinkSync(join(clone, 'scripts', 'five-musts.mjs'), join(clone, 'scripts', 'linked.mjs'))
    expect(runScript('linked.mjs', 'x')).toMatchObject({ status: 0, stdout: 'five x\n' })
  })

  test('start runs the server and passes arguments and exit code on', () => {
    write(
      'src/main.ts',
      "console.log(process.argv.slice(2).join(' '), process.execArgv.join(' '))\nprocess.exitCode = 3\n",
    )
    write('db/name.ts', '')
    expect(runScript('start.mjs', '--fast', '7')).toMatchObject({
      status: 3,
      stdout: 'serve --fast 7 --enable-source-maps\n',
    })
  })

  test('start ends what it started, in its own time, when a supervisor ends it', async () => {
    write(
      'src/main.ts',
      [
        "process.on('SIGTERM', () => {",
        "  console.log('answering')",
        "  setImmediate(() => { console.log('done'); process.exit(0) })",
        '})',
        'setInterval(() => {}, 1000)',
        "console.log('up')",
      ].join('\n'),
    )
    write('db/name.ts', '')
    const PATH = `${join(clone, 'fake')}${delimiter}${process.env['PATH'] ?? ''}`
    const outer = spawn(process.execPath, [join(clone, 'scripts', 'start.mjs')], {
      cwd: clone,
      env: { PATH, HOUSE: house, HOME: process.env['HOME'] ?? '' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let out = ''
    outer.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      if (out === 'up\n') outer.kill('SIGTERM')
    })
    const [code] = (await once(outer, 'close')) as [number | null]
    expect([code, out]).toEqual([0, 'up\nanswering\ndone\n'])
  })

  test('does not start what did not build', () => {
    write('src/main.ts', 'const x: string = 1\n')
    expect(runScript('start.mjs')).toMatchObject({ status: 1, stdout: '' })
    expect(runScript('five-musts.mjs')).toMatchObject({ status: 1, stdout: '' })
  })
})

describe('what is said', () => {
  test.each(['18.20.4', '20.18.3', '0.12.0'])('Node %s is too old', (version) => {
    expect(() => checkNode(version)).toThrow(/too old: 20\.19 or newer/)
  })
  test.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('Node %s will do', (version) => {
    expect(() => checkNode(version)).not.toThrow()
  })

  test.each([
    ['npm error gyp ERR! find Python', /C\+\+ toolchain/],
    ['/bin/sh: 1: g++: not found', /C\+\+ toolchain/],
    ['npm error code ENOTFOUND', /registry could not be reached/],
    ['npm error code EUSAGE', /disagree/],
    ['npm error code ENOSPC', /cannot be written/],
    ['npm error something else', /Installing the packages failed/],
  ])('%s', (output, said) => {
    const { en, zh, detail } = explainInstall(output)
    expect(en).toMatch(said)
    expect(zh).toMatch(/[\u4e00-\u9fff]/)
    expect(detail).toBe(output)
  })
})
