// What an OpenAPI 3.1 document says, as any client would read it. Nothing of ours is imported here: whatever the document leaves
// out, whoever works from it does not know.
import { z } from 'zod'
import { expanded } from './refs.ts'

type Json = Readonly<Record<string, unknown>>

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly schema: Json
}

interface Media {
  readonly schema?: Json
}

export interface Operation {
  readonly operationId: string
  /** With the server's prefix before it. */
  readonly path: string
  readonly method: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> }
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, Media>> }>
  >
  /** Open to whoever did not sign in. */
  readonly open: boolean
  readonly command?: string
  readonly signature: boolean
}

interface Item {
  readonly servers?: readonly { readonly url: string }[]
}

/** As it was fetched. */
export interface DocumentText {
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Item & Readonly<Record<string, unknown>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Json>> }
}

const methods = ['get', 'post', 'put', 'delete'] as const

export class Description {
  readonly operations: readonly Operation[]
  readonly #byId: ReadonlyMap<string, Operation>
  readonly #validators = new Map<Json, z.ZodType>()

  /** Asks a server for its document. */
  static async at(url: string): Promise<Description> {
    const answer = await fetch(`${url}/api/openapi.json`)
    return new Description((await answer.json()) as DocumentText)
  }

  constructor(document: DocumentText) {
    const { servers, paths } = expanded(document)
    this.operations = Object.entries(paths).flatMap(([path, item]) => {
      const [server] = item.servers ?? servers
      const whole = `${server?.url === '/' ? '' : (server?.url ?? '')}${path}`
      return methods.flatMap((method) =>
        method in item ? [operationOf(item[method] as Json, { path: whole, method })] : [],
      )
    })
    this.#byId = new Map(this.operations.map((one) => [one.operationId, one]))
  }

  /** @throws Error when the document has none of this name */
  operation(id: string): Operation {
    const found = this.#byId.get(id)
    if (found === undefined) throw new Error(`the document has no operation ${id}`)
    return found
  }

  /** Everywhere a command can be put to: a village, or the township. */
  ofCommand(command: string): readonly Operation[] {
    return this.operations.filter((one) => one.command === command)
  }

  get(path: string): Operation | undefined {
    return this.operations.find((one) => one.method === 'get' && one.path === path)
  }

  /** What is wrong with a value, by a schema of the document; '' when nothing is. */
  faultIn(schema: Json, value: unknown): string {
    const known = this.#validators.get(schema)
    const validator = known ?? z.fromJSONSchema(schema)
    if (known === undefined) this.#validators.set(schema, validator)
    const { error } = validator.safeParse(value)
    return error === undefined ? '' : JSON.stringify(error.issues.slice(0, 3))
  }
}

function operationOf(
  text: Json,
  { path, method }: { readonly path: string; readonly method: string },
): Operation {
  const { operationId, parameters, requestBody, responses, security } =
    text as unknown as Operation & { readonly security?: readonly unknown[] }
  const command = text['x-command']
  return {
    operationId,
    path,
    method,
    parameters,
    responses,
    open: security?.length === 0,
    signature: text['x-signature'] === true,
    ...(requestBody === undefined ? {} : { requestBody }),
    ...(typeof command === 'string' ? { command } : {}),
  }
}
