// The OpenAPI 3.1 document, from the routes and their schemas alone.
import { z } from 'zod'
import { problemKinds } from './problem.ts'
import type { Route } from './route.ts'

type Json = Readonly<Record<string, unknown>>

/** Shown to people as it is: draft 2020-12, as OpenAPI 3.1 takes it. */
const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
    reused: 'inline',
  })
  return json
}

/** Codes any route may answer. */
const everywhere = ['internal', 'busy', 'tooManyRequests'] as const

export function openApi(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const route of routes) {
    const path = (paths[route.path] ??= {})
    path[route.method] = operation(route)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'five-musts 五个必经',
      version,
      description:
        'Requests of village companies through five musts, on a ledger anyone can verify. 村办公司支出的五个必经与可验证账本。',
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'five-musts.session_token' } },
    },
  }
}

function operation(route: Route): Json {
  const { id, tag, summary, access, command, signature } = route
  return {
    operationId: id,
    tags: [tag],
    summary: `${summary.zh} ${summary.en}`,
    ...(access === 'anybody' ? { security: [] } : { security: [{ session: [] }] }),
    'x-access': access,
    ...(command === undefined ? {} : { 'x-command': command }),
    ...(signature === true ? { 'x-signature': true } : {}),
    parameters: parametersOf(route),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
          },
        }),
    responses: responsesOf(route),
  }
}

function parametersOf({ params, query, command }: Route): readonly Json[] {
  return [
    ...inPlace('path', params),
    ...inPlace('query', query),
    ...(command === undefined ? [] : commandHeaders),
  ]
}

function inPlace(place: 'path' | 'query', shape: z.ZodObject | undefined): readonly Json[] {
  if (shape === undefined) return []
  return Object.entries(shape.shape).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || !z.safeParse(schema as z.ZodType, undefined).success,
    schema: schemaOf(schema as z.ZodType, 'input'),
  }))
}

const commandHeaders: readonly Json[] = [
  {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'The command id, a UUIDv7 made by the client: sent again, it is answered with the first receipt.',
    schema: { type: 'string', format: 'uuid' },
  },
  {
    name: 'Acting-Office',
    in: 'header',
    required: false,
    description: 'The office acted in, where the person holds several.',
    schema: { type: 'string', pattern: '^o_[A-Za-z0-9]{4,32}$' },
  },
  {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'The revision the person had before them (the ETag of what was read).',
    schema: { type: 'string' },
  },
]

function responsesOf({ status = 200, answer, media, access, command, problems = [], body, params }: Route): Json {
  const works =
    status === 204
      ? { description: 'Done' }
      : {
          description: 'It worked',
          ...(media === undefined && answer === undefined
            ? {}
            : {
                content: {
                  [media ?? 'application/json']: {
                    schema: answer === undefined ? { type: 'string', format: 'binary' } : schemaOf(answer, 'output'),
                  },
                },
              }),
        }
  const codes = [
    ...everywhere,
    ...problems,
    ...(access === 'anybody' ? [] : (['notSignedIn', 'enrolmentNeeded', 'notAllowed'] as const)),
    ...(body === undefined ? [] : (['bodyMalformed', 'inputInvalid', 'bodyTooLarge', 'mediaTypeUnknown', 'originForeign'] as const)),
    ...(params === undefined ? [] : (['noSuchThing'] as const)),
  ]
  const statuses = new Set<number>(codes.map((code) => problemKinds[code].status))
  // a refusal of the law: by the one table code → status
  if (command !== undefined) for (const refused of [400, 403, 404, 409, 412, 422]) statuses.add(refused)
  const refusals = [...statuses].sort().map((one) => [String(one), { description: 'A problem', content: problemContent }])
  return { [String(status)]: works, ...Object.fromEntries(refusals) }
}

const problemContent = {
  'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
} as const

const problemSchema: Json = schemaOf(
  z.object({
    type: z.string(),
    status: z.int(),
    code: z.string(),
    title: z.string(),
    detail: z.string(),
    fields: z.array(z.object({ path: z.string(), code: z.string(), detail: z.string() })).optional(),
    params: z.record(z.string(), z.string()).optional(),
  }),
  'output',
)
