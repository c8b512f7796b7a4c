// Reads the law's own source: which refusals a command can meet, which offices may ask it, which policy keys it looks at.
// Follows every call from a workflow's decide on, for one command at a time; a branch on another command's type is not taken.
import { type OfficeKind, officeKinds } from '../src/domain/office.ts'
import type { PolicyKey } from '../src/domain/policy.ts'
import { policyKeys } from '../src/domain/policy-keys.ts'
import { type RefusalCode, refusals } from '../src/domain/refusal.ts'
import {
  declarationOf,
  functions,
  moduleAt,
  nameOf,
  type Names,
  namesIn,
  type Node,
  nodeIn,
  nodesIn,
  partsOf,
} from './law-source.ts'

/** What the law says of one command. */
export interface Scanned {
  readonly refusals: ReadonlySet<RefusalCode>
  readonly offices: ReadonlySet<OfficeKind>
  readonly keys: ReadonlySet<PolicyKey>
}

/** Calls that ask whether somebody holds an office; what else they hold is asked by holdsOneOf. */
const HOLDING = /^(?:must[A-Z]|holds(?!OneOf)|mayHold)/
/** Folds judge the past, not the command: what they would not believe is no answer to who asks now. */
const FOLDING = /Fold$/

class Scan {
  readonly refusals = new Set<RefusalCode>()
  readonly offices = new Set<OfficeKind>()
  readonly keys = new Set<PolicyKey>()
  readonly #seen = new Set<string>()
  /** A year the calendar does not reach is thrown where the limit is worked out, and refused where it is caught. */
  #outOfYears = false
  #catchesYears = false
  readonly #command: string
  readonly #commands: ReadonlySet<string>

  constructor(command: string, commands: ReadonlySet<string>) {
    this.#command = command
    this.#commands = commands
  }

  /** Everything reached from here has been read: what was thrown is refused if somebody catches it. */
  finish(): this {
    if (this.#outOfYears && this.#catchesYears) this.refusals.add('calendarMissing')
    return this
  }

  /** A name as one module knows it: its own, or one it imports. */
  follow(path: string, name: string, asked = false): void {
    if (FOLDING.test(name)) return
    const found = declarationOf(path, name)
    const once = `${found?.path ?? ''}#${name}${asked ? '?' : ''}`
    if (found === undefined || this.#seen.has(once)) return
    this.#seen.add(once)
    this.#walk(found.node, { path: found.path, scopes: [], asked })
  }

  #walk(node: Node, at: At): void {
    if (node.type.startsWith('TS')) {
      const inner = nodeIn(node, 'expression')
      if (inner !== undefined) this.#walk(inner, at)
      return
    }
    switch (node.type) {
      case 'Literal':
        if (nameOf(node) in policyKeys) this.keys.add(nameOf(node) as PolicyKey)
        return
      case 'Identifier':
        return this.#name(nameOf(node), at)
      case 'BinaryExpression':
        return this.#parts(node, { ...at, asked: true })
      case 'NewExpression':
        this.#outOfYears ||= nameOf(nodeIn(node, 'callee')) === 'CalendarMissing'
        return this.#parts(node, at)
      case 'CatchClause':
        this.#catchesYears ||= JSON.stringify(node).includes('calendarMissing')
        return
      case 'CallExpression':
        return this.#call(node, at)
      case 'MemberExpression':
        return this.#member(node, at)
      case 'Property':
        return this.#property(node, at)
      case 'SwitchStatement':
        return this.#switch(node, at)
      case 'IfStatement':
      case 'ConditionalExpression':
        return this.#branch(node, at)
      case 'ObjectExpression':
        return this.#object(node, at)
      case 'BlockStatement':
        return this.#block(nodesIn(node, 'body'), at)
      default:
        return this.#parts(node, functions.has(node.type) ? within(node, at) : at)
    }
  }

  #parts(node: Node, at: At): void {
    for (const part of partsOf(node)) this.#walk(part, at)
  }

  #name(name: string, at: At): void {
    if (!at.scopes.some((scope) => scope.has(name))) this.follow(at.path, name, at.asked)
  }

  #call(node: Node, at: At): void {
    const callee = nodeIn(node, 'callee')
    const [first, ...rest] = nodesIn(node, 'arguments')
    const name = nameOf(callee)
    if (name === 'refuse' && !at.asked) this.#refusalsIn(first)
    if (callee !== undefined) this.#walk(callee, at)
    for (const argument of first === undefined ? [] : [first, ...rest]) {
      if (HOLDING.test(name)) this.#officesIn(argument, at)
      this.#walk(argument, at)
    }
  }

  /** Kinds of office as they are named to a question of who holds one: listed, in a table, chosen or worked out. */
  #officesIn(node: Node, at: At): void {
    switch (node.type) {
      case 'Literal':
        if (nameOf(node) in officeKinds) this.offices.add(nameOf(node) as OfficeKind)
        return
      case 'TSAsExpression':
        return this.#officesWithin(node, 'expression', at)
      case 'ArrayExpression':
        return this.#officesWithin(node, 'elements', at)
      case 'ObjectExpression':
        for (const row of this.#rows(node)) this.#officesWithin(row, 'value', at)
        return
      case 'SpreadElement':
        return this.#officesWithin(node, 'argument', at)
      case 'MemberExpression':
        return this.#officesWithin(node, 'object', at)
      case 'ConditionalExpression':
        this.#officesWithin(node, 'consequent', at)
        return this.#officesWithin(node, 'alternate', at)
      case 'Identifier':
        return this.#officesNamed(nameOf(node), at)
      case 'CallExpression':
        return this.#officesSaid(nameOf(nodeIn(node, 'callee')), at)
      default:
    }
  }

  /** A function that says which kind it is: every kind it may say. */
  #officesSaid(name: string, at: At): void {
    const found = /kind/i.test(name) ? declarationOf(at.path, name) : undefined
    const source = found === undefined ? '' : JSON.stringify(found.node)
    for (const kind of Object.keys(officeKinds))
      if (source.includes(`"value":"${kind}"`)) this.offices.add(kind as OfficeKind)
  }

  #officesWithin(node: Node, field: string, at: At): void {
    const inner = nodeIn(node, field)
    for (const one of inner === undefined ? nodesIn(node, field) : [inner]) this.#officesIn(one, at)
  }

  #officesNamed(name: string, at: At): void {
    const scope = at.scopes.findLast((one) => one.has(name))
    const found = scope === undefined ? declarationOf(at.path, name) : undefined
    const init = scope?.get(name) ?? found?.node
    // a roster or a person is no list of offices
    if (init === undefined || init.type === 'CallExpression') return
    this.#officesIn(init, found === undefined ? at : { ...at, path: found.path, scopes: [] })
  }

  /** `refuse('x')`, or one of several codes chosen on the spot. */
  #refusalsIn(node: Node | undefined): void {
    if (node === undefined) return
    const code = nameOf(node)
    if (node.type === 'Literal' && code in refusals) this.refusals.add(code as RefusalCode)
    for (const field of ['consequent', 'alternate']) this.#refusalsIn(nodeIn(node, field))
  }

  #member(node: Node, at: At): void {
    const object = nodeIn(node, 'object')
    const property = nodeIn(node, 'property')
    const namespace = moduleAt(at.path).imports.get(nameOf(object))
    if (namespace?.name === '*') return this.follow(namespace.path, nameOf(property), at.asked)
    if (object !== undefined) this.#walk(object, at)
    if (node['computed'] === true && property !== undefined) this.#walk(property, at)
  }

  #property(node: Node, at: At): void {
    const value = nodeIn(node, 'value')
    const key = nameOf(nodeIn(node, 'key'))
    const code = nameOf(value)
    // a refusal handed on as `{ code }`
    if (key === 'code' && !at.asked && value?.type === 'Literal' && code in refusals)
      this.refusals.add(code as RefusalCode)
    if (value !== undefined) this.#walk(value, at)
  }

  #switch(node: Node, at: At): void {
    const discriminant = nodeIn(node, 'discriminant')
    if (discriminant !== undefined) this.#walk(discriminant, at)
    const cases = nodesIn(node, 'cases')
    const tests = cases.map((one) => nameOf(nodeIn(one, 'test')))
    if (!tests.some((test) => this.#commands.has(test))) return this.#parts({ type: '', cases }, at)
    const from = tests.indexOf(this.#command)
    const start = from >= 0 ? from : cases.findIndex((one) => nodeIn(one, 'test') === undefined)
    const taken =
      start < 0
        ? undefined
        : cases.slice(start).find((one) => nodesIn(one, 'consequent').length > 0)
    if (taken !== undefined) this.#block(nodesIn(taken, 'consequent'), at)
  }

  #object(node: Node, at: At): void {
    for (const row of this.#rows(node)) this.#walk(row, at)
  }

  /** Of a table from commands to what answers them only this command's row. */
  #rows(node: Node): readonly Node[] {
    const rows = nodesIn(node, 'properties')
    const keys = rows.map((row) => nameOf(nodeIn(row, 'key')))
    const isTable = keys.length > 1 && keys.every((key) => this.#commands.has(key))
    return isTable ? rows.filter((_, index) => keys[index] === this.#command) : rows
  }

  #branch(node: Node, at: At): void {
    const test = nodeIn(node, 'test')
    const truth = this.#truth(test)
    if (truth === undefined && test !== undefined) this.#walk(test, at)
    const [then, otherwise] = [nodeIn(node, 'consequent'), nodeIn(node, 'alternate')]
    if (truth !== false && then !== undefined) this.#walk(then, at)
    if (truth !== true && otherwise !== undefined) this.#walk(otherwise, at)
  }

  /** Is `command.type === '…'` so, for this command? Undefined where that is not what is asked. */
  #truth(test: Node | undefined): boolean | undefined {
    if (test?.type === 'LogicalExpression') {
      const [left, right] = [this.#truth(nodeIn(test, 'left')), this.#truth(nodeIn(test, 'right'))]
      if (test['operator'] === '&&')
        return left === false || right === false
          ? false
          : left === true && right === true
            ? true
            : undefined
      return left === true || right === true
        ? true
        : left === false && right === false
          ? false
          : undefined
    }
    const literal = test === undefined ? '' : nameOf(nodeIn(test, 'right'))
    if (test?.type !== 'BinaryExpression' || !this.#commands.has(literal)) return undefined
    const same = literal === this.#command
    if (test['operator'] === '===') return same
    return test['operator'] === '!==' ? !same : undefined
  }

  /** Statement after statement, as far as this command gets. */
  #block(statements: readonly Node[], at: At): void {
    for (const statement of statements) {
      this.#walk(statement, at)
      if (statement.type === 'ReturnStatement') return
      const certain =
        statement.type === 'IfStatement' && this.#truth(nodeIn(statement, 'test')) === true
      const then = nodeIn(statement, 'consequent')
      const last = then?.type === 'BlockStatement' ? nodesIn(then, 'body').at(-1) : then
      if (certain && last?.type === 'ReturnStatement') return
    }
  }
}

interface At {
  readonly path: string
  /** Names of the functions around, the innermost last. */
  readonly scopes: readonly Names[]
  /** Whether there is a refusal is asked, and which one it is does not go any further. */
  readonly asked: boolean
}

const within = (node: Node, at: At): At => ({ ...at, scopes: [...at.scopes, namesIn(node)] })

/**
 * What one command of a workflow can meet. More than it will ever meet in one state, never less: every branch that does
 * not turn on the command's type is followed.
 */
export function scanned(workflow: string, command: string, commands: readonly string[]): Scanned {
  const [name = '', version = ''] = workflow.split('@')
  const scan = new Scan(command, new Set(commands))
  scan.follow(`workflows/${name}/v${version}/decide.ts`, `${name}Workflow`)
  return scan.finish()
}
