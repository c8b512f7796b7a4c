// Who acts in a command: the person of the session, how they proved it, and the offices that count in the ledger it goes to.
import { z } from 'zod'
import type { Acting } from '../app/acting.ts'
import type { KnownLedger } from '../app/rights.ts'
import { authOf, type Proof, proofOf } from '../domain/account.ts'
import { mandateIdSchema, officeIdSchema } from '../domain/ids.ts'
import type { Api } from './api.ts'
import { formOf } from './headers.ts'
import { type Problem, problem } from './problem.ts'
import type { Call } from './route.ts'
import type { Viewer } from './viewer.ts'

type Header = Call['header']

/** The header's value, undefined without one, or why it is none. */
export function headerOf<S extends z.ZodType>(
  header: Header,
  name: string,
  schema: S,
): { readonly value: z.output<S> | undefined } | Problem {
  const text = header(name)
  if (text === undefined) return { value: undefined }
  const parsed = schema.safeParse(text)
  return parsed.success
    ? { value: parsed.data }
    : problem('headerInvalid', { header: name, form: formOf(name) })
}

/** An entity tag is the revision of the thing's stream, alone or before the digest of its page. */
const revisionSchema = z
  .string()
  .regex(/^(?:W\/)?"?\d{1,9}(?:\.[\w-]{1,43})?"?$/)
  .transform((text) => Number.parseInt(text.replace(/^(?:W\/)?"?/, ''), 10))

/** The revision the caller had before them; `*` is any. */
export function seenIn(header: Header): { readonly value: number | undefined } | Problem {
  return header('if-match') === '*'
    ? { value: undefined }
    : headerOf(header, 'If-Match', revisionSchema)
}

export const tagOf = (revision: number): string => `"${revision}"`

interface Where {
  readonly viewer: Viewer
  readonly ledger: KnownLedger
  readonly header: Header
}

/**
 * What is known of who acts. `fresh`: proved within five minutes, as a signature is; else how the session was signed in.
 * Another house's word alone proves nothing an entry could record.
 */
export function actingOf(
  api: Pick<Api, 'doorClock' | 'freshId'>,
  { viewer, ledger, header }: Where,
  { fresh = false }: { readonly fresh?: boolean } = {},
): Acting | Problem {
  const { session, rights } = viewer
  const auth = fresh ? proofOf(session, api.doorClock()) : authOf(session)
  if (auth === undefined) return problem('reauthenticationNeeded')
  if (session.person === undefined) return problem('notAllowed')
  const office = headerOf(header, 'Acting-Office', officeIdSchema)
  if ('problem' in office) return office
  const mandate = headerOf(header, 'Acting-Mandate', mandateIdSchema)
  if ('problem' in mandate) return mandate
  const here = [ledger.origin, ledger.township]
  return {
    person: session.person,
    auth,
    offices: rights.offices.filter((held) => here.includes(held.ledger)),
    office: office.value,
    mandate: mandate.value,
    freshId: api.freshId,
  }
}

/** As `actingOf`, for what is only looked at: whoever could not act is shown as able to do nothing. */
export function lookingAs(
  api: Pick<Api, 'freshId'>,
  { viewer, ledger }: Omit<Where, 'header'>,
): Acting | undefined {
  const { session, rights } = viewer
  if (session.person === undefined) return undefined
  const auth: Proof = authOf(session) ?? 'password'
  const here = [ledger.origin, ledger.township]
  const offices = rights.offices.filter((held) => here.includes(held.ledger))
  return { person: session.person, auth, offices, freshId: api.freshId }
}
