// The source of the law as modules of declarations and imports: what a name in one file means in another.
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { parseSync } from 'oxc-parser'

export interface Node {
  readonly type: string
  readonly [field: string]: unknown
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
export const nodeIn = (node: Node, field: string): Node | undefined => {
  const value = node[field]
  return isNode(value) ? value : undefined
}
export const nodesIn = (node: Node, field: string): readonly Node[] => {
  const value = node[field]
  return Array.isArray(value) ? value.filter(isNode) : []
}
/** Every node directly below one. */
export const partsOf = (node: Node): readonly Node[] => Object.values(node).flat().filter(isNode)
export const nameOf = (node: Node | undefined): string => {
  const name = node?.['name'] ?? node?.['value']
  return typeof name === 'string' ? name : ''
}

interface Module {
  readonly imports: ReadonlyMap<string, { readonly path: string; readonly name: string }>
  readonly declared: ReadonlyMap<string, Node>
}

const root = new URL('../', import.meta.url)
const modules = new Map<string, Module>()

export function moduleAt(path: string): Module {
  const known = modules.get(path)
  if (known !== undefined) return known
  const { program } = parseSync(path, readFileSync(new URL(path, root), 'utf8'))
  const made = readModule(path, program as unknown as Node)
  modules.set(path, made)
  return made
}

function readModule(path: string, program: Node): Module {
  const imports = new Map<string, { path: string; name: string }>()
  const declared = new Map<string, Node>()
  for (const statement of nodesIn(program, 'body')) {
    const from = nameOf(nodeIn(statement, 'source'))
    if (statement.type === 'ImportDeclaration' && from.startsWith('.')) {
      const target = posix.join(posix.dirname(path), from)
      for (const one of nodesIn(statement, 'specifiers'))
        imports.set(nameOf(nodeIn(one, 'local')), {
          path: target,
          name: one.type === 'ImportNamespaceSpecifier' ? '*' : nameOf(nodeIn(one, 'imported')),
        })
    }
    const inner =
      statement.type === 'ExportNamedDeclaration' ? nodeIn(statement, 'declaration') : statement
    if (inner?.type === 'FunctionDeclaration') declared.set(nameOf(nodeIn(inner, 'id')), inner)
    for (const one of inner?.type === 'VariableDeclaration' ? nodesIn(inner, 'declarations') : []) {
      const init = nodeIn(one, 'init')
      if (init !== undefined) declared.set(nameOf(nodeIn(one, 'id')), init)
    }
  }
  return { imports, declared }
}

/** Where a name of a module is declared, through what it imports. */
export function declarationOf(
  path: string,
  name: string,
): { path: string; node: Node } | undefined {
  const { declared, imports } = moduleAt(path)
  const node = declared.get(name)
  if (node !== undefined) return { path, node }
  const imported = imports.get(name)
  return imported === undefined || imported.name === '*'
    ? undefined
    : declarationOf(imported.path, imported.name)
}

/** Functions, which have names of their own. */
export const functions = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
])

/** Names a function has of its own, with what they are made of where that is said at once. */
export type Names = ReadonlyMap<string, Node | undefined>

export function namesIn(node: Node): Names {
  const names = new Map<string, Node | undefined>()
  for (const param of nodesIn(node, 'params')) bind(param, names)
  const body = nodeIn(node, 'body')
  if (body !== undefined) collect(body, names)
  return names
}

function collect(node: Node, names: Map<string, Node | undefined>): void {
  if (node.type === 'VariableDeclarator') {
    const id = nodeIn(node, 'id')
    if (id?.type === 'Identifier') names.set(nameOf(id), nodeIn(node, 'init'))
    else if (id !== undefined) bind(id, names)
  }
  if (functions.has(node.type)) return
  for (const part of partsOf(node)) collect(part, names)
}

function bind(pattern: Node, names: Map<string, Node | undefined>): void {
  if (pattern.type === 'Identifier') names.set(nameOf(pattern), undefined)
  for (const field of ['left', 'argument', 'value']) {
    const inner = nodeIn(pattern, field)
    if (inner !== undefined) bind(inner, names)
  }
  for (const field of ['properties', 'elements'])
    for (const inner of nodesIn(pattern, field)) bind(inner, names)
}
