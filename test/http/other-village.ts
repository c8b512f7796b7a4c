// The other village with enough offices to ask for money, so that what is seen of it can be told from what is not.
import { by, g, o, p, type Seat } from '../support/law-cast.ts'
import type { Asking } from '../support/law.ts'
import { formOf } from './things.ts'
import { otherVillage, type Town } from './town.ts'

const company = g('bcompany')
const seats: readonly Seat[] = [
  ['bhandler', 'handler', company, 'bhandler'],
  ['bwitness', 'witness', company, 'bwitness'],
  ['bsup1', 'supervisor', company, 'bsup1', 'chair'],
  ['bdir1', 'director', company, 'bdir1', 'chair'],
  ['bdir2', 'director', company, 'bdir2'],
  ['bdir3', 'director', company, 'bdir3'],
]

const onRoster = (type: string, input: unknown): Asking => ({
  ledger: otherVillage,
  stream: 'roster',
  type,
  by: by('officer'),
  input,
})

/** Offices and holders of the other village's company. */
export async function manOther(town: Town): Promise<void> {
  for (const [office, kind, organisation, holder, chair] of seats) {
    const opened = {
      office: o(office),
      kind,
      organisation,
      ...(chair === undefined ? {} : { chair: true }),
    }
    await town.given(onRoster('office.open', opened))
    const appointed = { office: o(office), person: p(holder), from: town.today() }
    await town.given(onRoster('office.appoint', appointed))
  }
  await town.refresh()
}

/** A request of the other village, just drawn up. */
export async function otherRequest(
  town: Town,
  id: string,
  { n, amount, more = {} }: { n: number; amount: string; more?: Record<string, unknown> },
): Promise<void> {
  const input = formOf(n, amount, {
    company,
    handler: p('bhandler'),
    witness: p('bwitness'),
    ...more,
  })
  const office = { auth: 'password', office: o('bclerk'), person: p('bclerk') } as const
  await town.given({
    ledger: otherVillage,
    stream: `request/${id}`,
    type: 'request.submit',
    by: office,
    input,
  })
}
