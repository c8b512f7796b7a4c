// Confirming an import: exactly what was shown is done, once however often it is asked.
import { z } from 'zod'
import { actingAs } from '../../app/acting.ts'
import { confirmImport, preparedOf } from '../../app/imports/import.ts'
import type { Prepared } from '../../app/imports/prepare.ts'
import { proofOf } from '../../domain/account.ts'
import { type OfficeId, sha256HexSchema } from '../../domain/ids.ts'
import type { KeptImport } from '../../domain/import.ts'
import { actingOf } from '../acting.ts'
import type { Api } from '../api.ts'
import { foundImport, notTheirs, oneImport } from '../import-access.ts'
import { headOf, headSchema } from '../import-shown.ts'
import { nowOf } from '../looking.ts'
import { isProblem, problem } from '../problem.ts'
import { type Call, type Route, route } from '../route.ts'
import { officeChoices } from './commands.ts'
import type { Place } from './drafts.ts'

/** Of this process: two confirmations of one import at once would race for its rows. */
export const underWay = new Set<string>()

export const importConfirmed = (api: Api): Route =>
  route({
    id: 'confirmImport',
    method: 'post',
    path: '/villages/{village}/imports/{import}/confirmation',
    tag: 'import',
    summary: { zh: '确认导入', en: 'do exactly what was shown, once' },
    access: 'village',
    params: oneImport,
    body: z.strictObject({ digest: sha256HexSchema }),
    answer: headSchema,
    problems: [
      'importChanged',
      'importEmpty',
      'importBusy',
      'officeAmbiguous',
      'headerInvalid',
      'reauthenticationNeeded',
    ],
    handle: async (call) => {
      const kept = await foundImport(api, call)
      if (kept === undefined) return problem('noSuchThing')
      if (kept.digest !== call.body.digest) return problem('importChanged')
      if (kept.state === 'confirmed') return { body: headOf(kept, call) }
      const no = notTheirs(call, { subject: kept.subject })
      if (no !== undefined) return no
      // it enlarges the roll of those who vote: signed like household.record
      const proof = proofOf(call.viewer.session, api.doorClock())
      if (kept.subject === 'members' && proof === undefined)
        return problem('reauthenticationNeeded')
      if (underWay.has(kept.id)) return problem('importBusy')
      underWay.add(kept.id)
      try {
        return await confirmed(api, call, kept)
      } finally {
        underWay.delete(kept.id)
      }
    },
  })

/** Who holds several offices that may names one in Acting-Office. */
class Ambiguous extends Error {
  readonly offices: readonly OfficeId[]
  constructor(offices: readonly OfficeId[]) {
    super('several offices may')
    this.offices = offices
  }
}

async function confirmed(api: Api, call: Call & Place, kept: KeptImport) {
  const prepared = preparedOf(api.desk, kept)
  if (prepared === undefined) return problem('noSuchThing')
  if (isEmpty(prepared)) return problem('importEmpty')
  const acting = actingOf(api, call)
  if (isProblem(acting)) return acting
  const { origin } = call.ledger
  const confirming = {
    context: api.context,
    ledger: origin,
    at: nowOf(api),
    async sign(command: Parameters<typeof actingAs>[1]) {
      // done before a crash, by whatever proof they had then: it is answered, not asked again
      const before = api.reading.ledgers.answerTo(origin, command.id)?.by
      if (before?.person === acting.person) return before
      const by = await actingAs(api.context, command, acting)
      if ('ambiguous' in by) throw new Ambiguous(by.ambiguous)
      return by
    },
  }
  try {
    const outcome = await confirmImport(api.desk, kept, { plan: prepared.plan, confirming })
    if (outcome.subject === 'members') await api.rights.refresh()
    const { person } = kept
    const now = await api.desk.imports.find(kept.id, { ledger: origin, person })
    return { body: headOf(now ?? kept, call) }
  } catch (error) {
    if (!(error instanceof Ambiguous)) throw error
    return problem('officeAmbiguous', { offices: officeChoices(api, call, error.offices) })
  }
}

function isEmpty({ plan }: Prepared): boolean {
  switch (plan.subject) {
    case 'requests':
      return plan.drafts.length === 0
    case 'payees':
      return plan.rows.length === 0
    case 'members':
      return plan.steps.length === 0
  }
}
