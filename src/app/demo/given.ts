// What a command said, as its entry holds it.
import type { Entry } from '../../domain/entry.ts'

export const givenOf = ({ body }: Entry): Readonly<Record<string, unknown>> => {
  const { given } = body
  return typeof given === 'object' && given !== null && !('length' in given) ? given : {}
}
