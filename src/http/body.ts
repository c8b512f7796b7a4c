// Reading what was sent: bytes within a limit, UTF-8, JSON, and of the route's form; or the first reason why not.
import express, { type Request, type Response } from 'express'
import type { z } from 'zod'
import { detailOf, pathOf } from './field-faults.ts'
import { readJson } from './json.ts'
import { type Problem, problem } from './problem.ts'

const LIMIT = 256 * 1024
const FIELDS_MAX = 50
const JSON_TYPE = 'application/json'

/** Nothing compressed: a few bytes would unfold to very many. */
const reader = express.raw({ type: () => true, limit: LIMIT, inflate: false })

/** @throws what the reader throws: see `ofReader` */
function bytesOf(request: Request, response: Response): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    reader(request, response, (error?: unknown) => {
      if (error !== undefined) {
        reject(error instanceof Error ? error : new Error('unreadable body'))
        return
      }
      const bytes: unknown = request.body
      resolve(bytes instanceof Uint8Array ? bytes : new Uint8Array())
    })
  })
}

export async function bodyOf(
  schema: z.ZodType,
  request: Request,
  response: Response,
): Promise<{ readonly value: unknown } | Problem> {
  const typed = request.get('content-type')
  if (typed !== undefined && request.is(JSON_TYPE) === false)
    return problem('mediaTypeUnknown', { expected: JSON_TYPE })
  const bytes = await bytesOf(request, response)
  const read = jsonOf(bytes)
  return 'problem' in read ? read : fitting(schema, read.value)
}

function jsonOf(bytes: Uint8Array): { readonly value: unknown } | Problem {
  if (bytes.length === 0) return { value: {} }
  const read = readJson(bytes)
  if ('value' in read) return read
  return problem(read.fault === 'repeated' ? 'keyRepeated' : 'bodyMalformed')
}

function fitting(schema: z.ZodType, value: unknown): { readonly value: unknown } | Problem {
  const result = schema.safeParse(value)
  return result.success ? { value: result.data } : inputInvalid(result.error.issues)
}

/** Every field that is not of its form, with its path. */
export function inputInvalid(issues: readonly z.core.$ZodIssue[]): Problem {
  const fields = issues.slice(0, FIELDS_MAX).map((issue) => ({
    path: pathOf(issue),
    code: issue.code ?? 'custom',
    detail: detailOf(issue),
  }))
  const named = fields.slice(0, 5).map(({ path }) => (path === '' ? 'body' : path))
  return problem(
    'inputInvalid',
    { count: String(issues.length), fields: named.join(', ') },
    { fields },
  )
}

/** What express throws while it reads bodies and paths; undefined for what is no fault of the caller. */
export function ofReader(error: unknown): Problem | undefined {
  if (error instanceof URIError) return problem('noSuchThing')
  if (!(error instanceof Error) || !('status' in error)) return undefined
  const { status } = error
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined
  if (status === 413) return problem('bodyTooLarge', { limit: `${LIMIT / 1024} KiB` })
  if (status === 415)
    return problem('mediaTypeUnknown', { expected: `${JSON_TYPE}, not compressed` })
  return problem('bodyMalformed')
}
