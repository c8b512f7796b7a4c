// `can` as it is sent: each act with its address, and why not where it would be refused.
import type { z } from 'zod'
import { folded, possible } from '../app/can.ts'
import { commandForms } from '../app/command-forms.ts'
import type { KnownLedger } from '../app/rights.ts'
import type { Entry } from '../domain/entry.ts'
import { type StreamId, streamKind } from '../domain/ids.ts'
import type { Language } from '../domain/language.ts'
import { explain } from '../domain/refusal.ts'
import { lookingAs } from './acting.ts'
import type { Api } from './api.ts'
import { howOf } from './looking.ts'
import { commandPath, commandPlaces, thingPaths } from './routes/command-places.ts'
import type { canSchema } from './schemas.ts'
import type { Viewer } from './viewer.ts'

export interface Looking {
  readonly viewer: Viewer
  readonly ledger: KnownLedger
  readonly language: Language
}

/** Everything of the thing the caller could be asked to do now. */
export async function canOf(
  api: Api,
  { viewer, ledger, language }: Looking,
  thing: {
    readonly stream: StreamId
    readonly entries?: readonly Entry[]
    /** Its entries folded, by who has done it already. */
    readonly state?: unknown
  },
): Promise<z.infer<typeof canSchema>> {
  const acting = lookingAs(api, { viewer, ledger })
  if (acting === undefined) return []
  const { stream, entries = [] } = thing
  const kind = streamKind(stream)
  const { origin, roster } = ledger
  const asked = {
    ledger: origin,
    kind,
    stream,
    state: 'state' in thing ? thing.state : folded(kind, entries),
    roster,
    clock: api.clock,
  }
  const found = await possible(api.context, asked, acting)
  const { names } = howOf(api, ledger, language)
  return found.map(({ command, refused, offices }) => {
    const said = refused === undefined ? undefined : explain(refused, language)
    return {
      command,
      title: commandForms.get(command)?.title[language] ?? command,
      method: 'POST' as const,
      href: hrefOf(command, ledger, stream),
      signature: commandPlaces[command]?.signature === true,
      allowed: refused === undefined,
      // as the door would ask: more than one of theirs may
      ...(offices.length > 1
        ? { offices: offices.map((office) => ({ office, title: names.office(office) })) }
        : {}),
      ...(refused === undefined || said === undefined
        ? {}
        : { no: { code: refused.code, reason: said.no, remedy: said.remedy } }),
    }
  })
}

/** The page of a thing; of a ledger that is not known here its own place alone. */
export function thingHref(ledger: KnownLedger | undefined, stream: StreamId): string {
  const id = stream.slice(stream.indexOf('/') + 1)
  const side = ledger?.kind === 'township' ? '/township' : `/villages/${ledger?.code ?? ''}`
  return `/api/v1${side}${thingPaths[streamKind(stream)].replace(/\{\w+\}/, id)}`
}

function hrefOf(command: string, { kind, code }: KnownLedger, stream: StreamId): string {
  const form = commandForms.get(command)
  if (form === undefined) throw new Error(`no form of ${command}`)
  const path = commandPath(form, kind === 'township' ? 'township' : 'villages')
  const id = stream.slice(stream.indexOf('/') + 1)
  return `/api/v1${path.replace('{village}', code).replace(/\{\w+\}/, id)}`
}
