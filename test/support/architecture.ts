// The arrows of design §4 as data, and the reader that finds what breaks them. Type-only imports count: a type is knowledge.
import { posix } from 'node:path'
import { parseSync } from 'oxc-parser'
import type { SourceFile } from './sources.ts'

/** Where code lives and which rooms it may know; a room always knows itself. The longest fitting path decides. */
const rooms: readonly { readonly at: string; readonly knows: readonly string[] }[] = [
  { at: 'src/domain/', knows: [] },
  { at: 'src/ledger/', knows: ['src/domain/'] },
  { at: 'workflows/', knows: ['src/domain/'] },
  { at: 'src/app/', knows: ['src/domain/', 'src/ledger/', 'workflows/'] },
  { at: 'src/http/', knows: ['src/domain/', 'src/ledger/', 'src/app/', 'src/config'] },
  { at: 'src/jobs/', knows: ['src/domain/', 'src/ledger/', 'src/app/', 'src/config'] },
  { at: 'src/cli/', knows: ['src/domain/', 'src/ledger/', 'src/app/', 'src/config'] },
  { at: 'src/web/', knows: ['src/domain/', 'src/ledger/', 'workflows/*/*/route.ts'] },
  { at: 'src/config', knows: ['src/domain/'] },
  { at: 'src/main.ts', knows: ['src/', 'workflows/', 'db/'] },
  { at: 'db/', knows: ['src/domain/', 'src/ledger/'] },
]

/** Packages that only some rooms may know; those not named here are free. */
const packages: readonly { readonly name: RegExp; readonly only: readonly string[] }[] = [
  { name: /^xstate(?:\/|$)/, only: ['workflows/'] },
  { name: /^(?:drizzle-orm|better-sqlite3|pg)(?:\/|$)/, only: ['db/'] },
  { name: /^(?:express|helmet|compression|pino)(?:\/|$)/, only: ['src/http/'] },
  { name: /^nodemailer(?:\/|$)/, only: ['src/jobs/'] },
  {
    name: /^(?:react|react-dom|react-router|antd|echarts|@tanstack\/react-query)(?:\/|$)/,
    only: ['src/web/'],
  },
  // sign-in: tables and adapter there, everything else here; the rest of the program sees neither
  { name: /^(?:better-auth|@better-auth)(?:\/|$)/, only: ['db/accounts/', 'src/http/identity/'] },
  { name: /^@zxcvbn-ts(?:\/|$)/, only: ['src/http/identity/'] },
  { name: /^csv-parse(?:\/|$)/, only: ['src/app/import/'] },
  { name: /^(?:file-type|sax)(?:\/|$)/, only: ['src/app/attachments/'] },
]

const withoutNode = ['src/domain/', 'src/ledger/', 'workflows/', 'src/web/']
/** No clock, no randomness, no I/O in the law (design §1.5). */
const pure = ['src/domain/', 'src/ledger/', 'workflows/']

export interface Breach {
  readonly path: string
  readonly line: number
  readonly what: string
}

interface AstNode {
  readonly type: string
  readonly start: number
  readonly [field: string]: unknown
}

const isNode = (value: unknown): value is AstNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

function* nodesOf(value: unknown): Generator<AstNode> {
  if (Array.isArray(value)) for (const item of value) yield* nodesOf(item)
  if (!isNode(value)) return
  yield value
  for (const field of Object.values(value)) yield* nodesOf(field)
}

const IMPORTING = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
])

const COMPUTED = '(computed)'

/** What a node imports: a specifier, COMPUTED where only running would tell, or undefined. */
function importedBy(node: AstNode): string | undefined {
  if (!IMPORTING.has(node.type) || !isNode(node['source'])) return undefined
  const { value } = node['source']
  return typeof value === 'string' ? value : COMPUTED
}

/** The room of a path, if it is a product file. */
const roomOf = (path: string) =>
  rooms.filter(({ at }) => path.startsWith(at)).toSorted((a, b) => b.at.length - a.at.length)[0]

function fits(path: string, known: string): boolean {
  if (!known.includes('*')) return path.startsWith(known)
  return new RegExp(`^${known.replaceAll('.', '\\.').replaceAll('*', '[^/]+')}$`).test(path)
}

/** Why `path` may not import `specifier`, or undefined. */
function breachOfImport(path: string, specifier: string): string | undefined {
  if (specifier === COMPUTED) return 'import of a computed path: no reader can follow it'
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(path), specifier)
    const room = roomOf(path)
    if (room === undefined || target.startsWith(room.at)) return undefined
    return room.knows.some((known) => fits(target, known))
      ? undefined
      : `${room.at} may not know ${target}`
  }
  if (specifier.startsWith('node:')) {
    return withoutNode.some((at) => path.startsWith(at))
      ? `${specifier} in a room without node:`
      : undefined
  }
  const owner = packages.find(({ name }) => name.test(specifier))
  return owner === undefined || owner.only.some((room) => path.startsWith(room))
    ? undefined
    : `${specifier} is known to ${owner.only.join(' and ')} alone`
}

const nameOf = (node: unknown): unknown =>
  isNode(node) && node.type === 'Identifier' ? node['name'] : undefined

const impureMembers = new Set([
  'Date.now',
  'Math.random',
  'crypto.randomUUID',
  'crypto.getRandomValues',
  'performance.now',
])
const impureNames = new Set([
  'process',
  'performance',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'console',
])

/** Clock, randomness or environment, as the program reaches for it. */
function impurity(node: AstNode): string | undefined {
  if (node.type === 'NewExpression' || node.type === 'CallExpression') {
    const called = nameOf(node['callee'])
    const given = node['arguments']
    if (called === 'Date' && Array.isArray(given) && given.length === 0) return 'new Date()'
    return typeof called === 'string' && impureNames.has(called) ? `${called}()` : undefined
  }
  if (node.type !== 'MemberExpression') return undefined
  const object = nameOf(node['object'])
  const member = `${String(object)}.${String(nameOf(node['property']))}`
  if (impureMembers.has(member)) return member
  return typeof object === 'string' && impureNames.has(object) ? member : undefined
}

/** Everything in `files` that design §4 or §1.5 forbids. */
export function breaches(files: readonly SourceFile[]): Breach[] {
  return files.flatMap(({ path, text }) => {
    const { program, errors } = parseSync(path, text)
    const found: Breach[] = errors.map(({ message }) => ({
      path,
      line: 1,
      what: `does not parse: ${message}`,
    }))
    const guarded = pure.some((at) => path.startsWith(at))
    for (const node of nodesOf(program)) {
      const specifier = importedBy(node)
      const what =
        specifier === undefined
          ? guarded
            ? impurity(node)
            : undefined
          : breachOfImport(path, specifier)
      if (what !== undefined)
        found.push({ path, line: text.slice(0, node.start).split('\n').length, what })
    }
    return found
  })
}
