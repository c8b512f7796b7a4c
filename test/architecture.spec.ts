// Who may know whom (design §4) and what the pure rooms may not reach for (design §1.5).
import { describe, expect, test } from 'vitest'
import { breaches } from './support/architecture.ts'
import { projectFiles } from './support/sources.ts'

const product = projectFiles(['src', 'workflows', 'db'], ['.ts', '.tsx'])

test('every import follows the arrows, and the law is pure', () => {
  expect(product.length).toBeGreaterThan(30)
  expect(breaches(product)).toEqual([])
})

describe('the check finds', () => {
  const planted: readonly (readonly [path: string, text: string, what: RegExp])[] = [
    ['src/domain/a.ts', "import { x } from '../ledger/b.ts'", /may not know src\/ledger\/b.ts/],
    ['src/domain/a.ts', "import type { X } from '../app/b.ts'", /may not know src\/app\/b.ts/],
    ['src/domain/a.ts', "export * from '../../db/b.ts'", /may not know db\/b.ts/],
    ['src/domain/a.ts', "type X = import('../app/b.ts').X", /may not know src\/app\/b.ts/],
    ['src/ledger/a.ts', "import { x } from '../../workflows/w.ts'", /may not know workflows/],
    [
      'workflows/request/v1/a.ts',
      "import { x } from '../../../src/ledger/b.ts'",
      /may not know src\/ledger/,
    ],
    ['src/app/a.ts', "const x = await import('../http/b.ts')", /may not know src\/http/],
    ['src/app/a.ts', "import { x } from '../../db/sqlite/open.ts'", /may not know db/],
    [
      'src/http/a.ts',
      "import { x } from '../../workflows/request/v1/decide.ts'",
      /may not know workflows/,
    ],
    ['src/http/a.ts', "import { x } from '../cli/b.ts'", /may not know src\/cli/],
    ['src/cli/a.ts', "import { x } from '../../db/b.ts'", /may not know db/],
    [
      'src/web/a.tsx',
      "import { x } from '../../workflows/request/v1/decide.ts'",
      /may not know workflows/,
    ],
    ['src/web/a.tsx', "import { x } from '../app/b.ts'", /may not know src\/app/],
    ['db/a.ts', "import { x } from '../src/app/b.ts'", /may not know src\/app/],
    ['db/a.ts', "import { x } from '../test/support/b.ts'", /may not know test/],
    ['src/app/a.ts', "import { x } from '../main.ts'", /may not know src\/main.ts/],
    ['src/app/a.ts', "import { createMachine } from 'xstate'", /xstate is known to workflows/],
    ['src/http/a.ts', "import { getShortestPaths } from 'xstate/graph'", /known to workflows/],
    ['src/app/a.ts', "import { eq } from 'drizzle-orm'", /known to db/],
    ['src/app/a.ts', "import type D from 'better-sqlite3'", /known to db/],
    ['src/app/a.ts', "import express from 'express'", /known to src\/http/],
    [
      'src/http/routes/a.ts',
      "import { betterAuth } from 'better-auth'",
      /known to db\/accounts\/ and src\/http\/identity/,
    ],
    ['db/sqlite/a.ts', "import { x } from 'better-auth/adapters/drizzle'", /known to db\/accounts/],
    ['src/app/a.ts', "import type { x } from '@better-auth/core'", /known to db\/accounts/],
    ['src/http/identity/a.ts', "import { x } from '../../../db/accounts/open.ts'", /not know db/],
    ['src/app/a.ts', "import { ZxcvbnFactory } from '@zxcvbn-ts/core'", /src\/http\/identity/],
    ['src/ledger/a.ts', "import { createHash } from 'node:crypto'", /without node:/],
    ['src/web/a.ts', "import { join } from 'node:path'", /without node:/],
    ['src/app/a.ts', 'const x = await import(name)', /computed/],
    ['workflows/a.ts', 'const t = Date.now()', /Date\.now/],
    ['workflows/a.ts', 'const t = new Date()', /new Date\(\)/],
    ['src/domain/a.ts', 'const r = Math.random()', /Math\.random/],
    ['src/domain/a.ts', 'const e = process.env.HOME', /process/],
    ['src/ledger/a.ts', 'const id = crypto.randomUUID()', /randomUUID/],
    ['src/ledger/a.ts', 'setTimeout(() => {}, 1)', /setTimeout/],
    ['src/ledger/a.ts', 'const = 1', /does not parse/],
  ]
  test.each(planted)('%s: %s', (path, text, what) => {
    expect(breaches([{ path, text }]).map((breach) => breach.what)).toEqual([
      expect.stringMatching(what),
    ])
  })
})

describe('the check lets pass', () => {
  const lawful: readonly (readonly [path: string, text: string])[] = [
    ['src/domain/a.ts', "import { z } from 'zod'\nimport { b } from './b.ts'"],
    [
      'src/domain/a.ts',
      '// Date.now() is not called\nconst at = new Date(ms); const s = "Math.random()"',
    ],
    [
      'workflows/request/v1/a.ts',
      "import { setup } from 'xstate'\nimport { x } from '../../step.ts'",
    ],
    ['src/web/a.tsx', "import { route } from '../../workflows/request/v1/route.ts'"],
    ['src/app/a.ts', "import { createHash } from 'node:crypto'\nconst t = Date.now()"],
    ['src/main.ts', "import { open } from '../db/sqlite/open.ts'\nimport { x } from './cli/x.ts'"],
    ['db/a.ts', "import { eq } from 'drizzle-orm'\nimport { x } from '../src/ledger/x.ts'"],
    ['db/accounts/a.ts', "import { drizzleAdapter } from 'better-auth/adapters/drizzle'"],
    ['src/http/identity/a.ts', "import { betterAuth } from 'better-auth'"],
  ]
  test.each(lawful)('%s: %s', (path, text) => {
    expect(breaches([{ path, text }])).toEqual([])
  })
})
