// What has happened to a thing since somebody looked at it: beside a `staleView`, so that they need not search.
import { eventName } from '../app/sentences.ts'
import type { Origin, StreamId } from '../domain/ids.ts'
import type { Language } from '../domain/language.ts'
import type { Api } from './api.ts'
import type { Change } from './problem.ts'

const MOST = 50

export function changesSince(
  { reading }: Pick<Api, 'reading'>,
  { ledger, stream }: { readonly ledger: Origin; readonly stream: StreamId },
  { after, language }: { readonly after: number; readonly language: Language },
): readonly Change[] {
  return reading
    .stream(ledger, stream)
    .filter(({ revision }) => revision > after)
    .slice(0, MOST)
    .map(({ revision, type, at }) => ({ revision, type, at, what: eventName(type)[language] }))
}
