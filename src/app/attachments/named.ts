// Which files a command names: every SHA-256 in its form that stands for a file. Found in the forms themselves, so that a new
// paper is asked for without anybody having to remember it.
import { z } from 'zod'
import { type Sha256Hex, sha256HexSchema } from '../../domain/ids.ts'
import { commandForms } from '../command-forms.ts'

/** Digests of something else: rows in the vault, a secret told later. */
const notFiles: ReadonlySet<string> = new Set(['payee.digest', 'commitment'])

/** One step down: a field, or all members of a list. */
const MEMBERS = '*'
type Path = readonly string[]

export interface NamedFile {
  readonly sha256: Sha256Hex
  /** The field it stands in, without the places in lists: `evidence.sha256`, `minutes`. */
  readonly field: string
  /** What kind of paper it is said to be, where the form says so. */
  readonly paper?: string
}

const known = new Map<string, readonly Path[]>()

/** Where files stand in the form of a command, `evidence.*.sha256`. */
export function filePaths(type: string): readonly Path[] {
  const before = known.get(type)
  if (before !== undefined) return before
  const form = commandForms.get(type)
  const schema =
    form === undefined ? {} : z.toJSONSchema(form.input, { io: 'input', unrepresentable: 'any' })
  const paths = [...new Set(digestsIn(schema, schema).map((path) => path.join('.')))]
    .filter((path) => !notFiles.has(path))
    .map((path) => path.split('.'))
  known.set(type, paths)
  return paths
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const some = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const PATTERN = '^[0-9a-f]{64}$'

/** Walks a JSON schema for what has the pattern of a digest. */
function digestsIn(schema: unknown, root: unknown): readonly Path[] {
  if (!isObject(schema)) return []
  const { pattern, properties = {}, items, $ref: ref } = schema
  const below = (step: string, what: unknown): readonly Path[] =>
    digestsIn(what, root).map((path) => [step, ...path])
  const beside = [schema['anyOf'], schema['oneOf'], schema['allOf']].flatMap(some)
  return [
    ...(pattern === PATTERN ? [[]] : []),
    ...(typeof ref === 'string' ? digestsIn(referred(root, ref), root) : []),
    ...beside.flatMap((one) => digestsIn(one, root)),
    ...Object.entries(properties as object).flatMap(([name, what]) => below(name, what)),
    ...below(MEMBERS, items),
    ...some(schema['prefixItems']).flatMap((one) => below(MEMBERS, one)),
  ]
}

function referred(root: unknown, ref: string): unknown {
  let at = root
  for (const step of ref.split('/').slice(1)) at = isObject(at) ? at[step] : undefined
  return at
}

/** Every file the input of a command names, each once. */
export function filesNamed(type: string, input: unknown): readonly NamedFile[] {
  const found = filePaths(type).flatMap((path) => {
    const field = path.filter((step) => step !== MEMBERS).join('.')
    return valuesAt(input, path).map((file) => ({ ...file, field }))
  })
  return [...new Map(found.map((file) => [file.sha256, file])).values()]
}

function valuesAt(
  value: unknown,
  path: Path,
  holder?: unknown,
): readonly Omit<NamedFile, 'field'>[] {
  const [step, ...rest] = path
  if (step === undefined) {
    const parsed = sha256HexSchema.safeParse(value)
    const paper = isObject(holder) ? holder['paper'] : undefined
    // a mandate's `paper` is the digest itself
    const told = typeof paper === 'string' && paper !== value ? { paper } : {}
    return parsed.success ? [{ sha256: parsed.data, ...told }] : []
  }
  if (step === MEMBERS) return some(value).flatMap((one) => valuesAt(one, rest, value))
  return isObject(value) ? valuesAt(value[step], rest, value) : []
}
