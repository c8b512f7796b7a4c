// The first steps of a request, one commit each.
import { by, village } from '../support/law-cast.ts'
import type { Town } from './town.ts'

const steps = [
  ['request.handle', 'handler'],
  ['request.witness', 'witness'],
  ['request.issue', 'chead'],
] as const

const taken = new Map<string, number>()

/** So many further steps of it. */
export async function takesSteps(town: Town, id: string, count: number): Promise<void> {
  const before = taken.get(id) ?? 0
  for (const [type, office] of steps.slice(before, before + count))
    await town.given({
      ledger: village,
      stream: `request/${id}`,
      type,
      by: by(office),
      input: {},
    })
  taken.set(id, before + count)
}
