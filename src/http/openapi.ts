// The OpenAPI 3.1 document, from the routes and their schemas alone.
import { z } from 'zod'
import { doorPaths } from './openapi-door.ts'
import { shared } from './openapi-told.ts'
import { type ProblemCode, problemKinds } from './problem.ts'
import type { HeededHeader, Route } from './route.ts'
import { DEMO_HEADER } from './shield.ts'

export type Json = Readonly<Record<string, unknown>>

export interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly security?: readonly Json[]
  readonly parameters: readonly Json[]
  readonly requestBody?: Json
  readonly responses: Readonly<Record<string, Json>>
  readonly [extension: `x-${string}`]: unknown
}

export interface Document {
  readonly openapi: '3.1.0'
  readonly info: Json
  readonly servers: readonly Json[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly components: Json
}

const title = '五个必经 five-musts'
const description = [
  'Requests of village companies through five musts, on a ledger anyone can verify.',
  'Sign in (operation signIn): the answer sets the session cookie. What counts as a signature',
  '(x-signature) needs a confirmation of the last five minutes (operation reauthenticate). What',
  'carries a command (x-command) needs an Idempotency-Key (UUIDv7); the same key sent again is',
  `answered with the first receipt. In a demonstration every answer carries ${DEMO_HEADER}.`,
].join(' ')

/** That of the package; a test holds the two together. */
export const API_VERSION = '0.1.0'

export function openApi(
  routes: readonly Route[],
  { https }: { readonly https: boolean },
): Document {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = (paths[route.path.replaceAll('*}', '}')] ??= {})
    if (route.root === true) path['servers'] = [{ url: '/' }]
    path[route.method] = operation(route)
  }
  const problem = { $ref: '#/components/schemas/Problem' }
  Object.assign(paths, doorPaths({ schemaOf, problem }))
  const told = shared(paths, { Problem: problemSchema })
  return {
    openapi: '3.1.0',
    info: { title, version: API_VERSION, description },
    servers: [{ url: '/api/v1' }],
    paths: told.paths,
    components: {
      ...told.components,
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: `${https ? '__Secure-' : ''}five-musts.session_token`,
        },
      },
    },
  }
}

/** As OpenAPI 3.1 takes it: draft 2020-12. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
    reused: 'inline',
  })
  return json
}

function operation(route: Route): Operation {
  const { id, tag, summary, access, command, signature, body, uploads } = route
  return {
    operationId: id,
    tags: [tag],
    summary: `${summary.zh} · ${summary.en}`,
    ...(access === 'anybody' ? { security: [] } : { security: [{ session: [] }] }),
    'x-access': access,
    ...(command === undefined ? {} : { 'x-command': command }),
    ...(signature === true ? { 'x-signature': true } : {}),
    parameters: [
      ...inPlace('path', route.params),
      ...inPlace('query', route.query),
      ...(command === undefined ? [] : commandHeaders),
      ...(route.heeds ?? []).map((name) => heeded[name]),
    ],
    ...(body === undefined ? {} : { requestBody: requestBody(body) }),
    ...(uploads === undefined ? {} : { requestBody: uploadBody(uploads) }),
    responses: responsesOf(route),
  }
}

const requestBody = (body: z.ZodType): Json => ({
  required: true,
  content: { 'application/json': { schema: schemaOf(body, 'input') } },
})

/** Bytes as they are: no form, no encoding (OpenAPI 3.1 says so by an empty schema). */
const uploadBody = (media: readonly string[]): Json => ({
  required: true,
  content: Object.fromEntries(media.map((type) => [type, {}])),
})

function inPlace(place: 'path' | 'query', shape: z.ZodObject | undefined): readonly Json[] {
  if (shape === undefined) return []
  const { properties = {}, required = [] } = schemaOf(shape, 'input') as {
    readonly properties?: Readonly<Record<string, Json>>
    readonly required?: readonly string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema,
  }))
}

const header = (name: string, required: boolean, about: string, schema: Json): Json => ({
  name,
  in: 'header',
  required,
  description: about,
  schema,
})

const commandHeaders: readonly Json[] = [
  header(
    'Idempotency-Key',
    true,
    'The command id, a UUIDv7 made by the client: sent again, it is answered with the first receipt.',
    { type: 'string', format: 'uuid' },
  ),
  header('Acting-Office', false, 'The office acted in, where several of the person may.', {
    type: 'string',
    pattern: '^o_[A-Za-z0-9]{4,32}$',
  }),
  header('Acting-Mandate', false, 'The mandate acted under, with Acting-Office.', {
    type: 'string',
    pattern: '^d_[A-Za-z0-9]{4,32}$',
  }),
  header('If-Match', false, 'The revision the person had before them: the ETag of what was read.', {
    type: 'string',
  }),
]

const heeded: Readonly<Record<HeededHeader, Json>> = {
  'Idempotency-Key': header(
    'Idempotency-Key',
    false,
    'A UUIDv7 made by the client: sent again, nothing is made twice.',
    { type: 'string', format: 'uuid' },
  ),
  'If-Match': header(
    'If-Match',
    false,
    'The ETag of what was read: 412 when it has changed since. `*` is whatever stands there.',
    { type: 'string' },
  ),
  'From-Draft': header(
    'From-Draft',
    false,
    'The draft this is submitted from: it is forgotten once there is a receipt, and not before.',
    { type: 'string', pattern: '^[0-9a-f]{64}$' },
  ),
}

/** Codes any route may answer. */
const everywhere: readonly ProblemCode[] = ['internal', 'busy', 'tooManyRequests']
const signedIn: readonly ProblemCode[] = [
  'notSignedIn',
  'enrolmentNeeded',
  'secondFactorNeeded',
  'notAllowed',
]
const ofBody: readonly ProblemCode[] = [
  'bodyMalformed',
  'keyRepeated',
  'inputInvalid',
  'bodyTooLarge',
  'mediaTypeUnknown',
]
const ofCommand: readonly ProblemCode[] = ['keyMissing', 'headerInvalid', 'officeAmbiguous']
/** Statuses the law's refusals have. */
const REFUSED = [403, 404, 409, 412, 422] as const

export const problemCodesOf = (route: Route): readonly ProblemCode[] => [
  ...everywhere,
  ...(route.problems ?? []),
  ...(route.access === 'anybody' ? [] : signedIn),
  ...(route.method === 'get' ? [] : (['originForeign'] as const)),
  ...(route.body === undefined ? [] : ofBody),
  ...(route.query === undefined ? [] : (['queryInvalid'] as const)),
  ...(route.params === undefined ? [] : (['noSuchThing'] as const)),
  ...(route.signature === true ? (['reauthenticationNeeded'] as const) : []),
  ...(route.command === undefined ? [] : ofCommand),
]

function responsesOf(route: Route): Readonly<Record<string, Json>> {
  const codes = problemCodesOf(route)
  const statuses = new Set<number>(codes.map((code) => problemKinds[code].status))
  if (route.command !== undefined || route.lawful === true)
    for (const status of REFUSED) statuses.add(status)
  const refusals = [...statuses]
    .sort((a, b) => a - b)
    .map((status): [string, Json] => [String(status), problemAt(codes, status)])
  const unchanged = route.method === 'get' ? { '304': { description: 'unchanged' } } : {}
  const works = { [String(route.status ?? 200)]: workingOf(route), ...unchanged }
  return { ...works, ...Object.fromEntries(refusals) }
}

function workingOf({ status, answer, media }: Route): Json {
  if (status === 204) return { description: 'done' }
  const schema = answer === undefined ? { type: 'string' } : schemaOf(answer, 'output')
  const types = typeof media === 'object' ? media : [media ?? 'application/json']
  return {
    description: 'it worked',
    content: Object.fromEntries(types.map((type) => [type, { schema }])),
  }
}

function problemAt(codes: readonly ProblemCode[], status: number): Json {
  const own = codes.filter((code) => problemKinds[code].status === status)
  return {
    description: own.length === 0 ? 'refused by the law' : own.join(', '),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}

const problemSchema: Json = schemaOf(
  z.strictObject({
    type: z.string(),
    status: z.int(),
    code: z.string(),
    title: z.string(),
    detail: z.string(),
    params: z.record(z.string(), z.string()),
    fields: z
      .array(z.strictObject({ path: z.string(), code: z.string(), detail: z.string() }))
      .optional(),
    changes: z
      .array(
        z.strictObject({ revision: z.int(), type: z.string(), at: z.string(), what: z.string() }),
      )
      .optional(),
  }),
  'output',
)
