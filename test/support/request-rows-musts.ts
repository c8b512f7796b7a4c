// What request@1 refuses from issuing to the township's consent, one row a rule, by hand from law §1, §2, §5 and §7.
import type { LawWorld } from './law.ts'
import { p } from './law-cast.ts'
import {
  accept,
  addEvidence,
  at,
  complete,
  consent,
  handle,
  held,
  heldInTown,
  issue,
  near,
  object,
  refuseFiling,
  sign,
  succeed,
  vacate,
  witness,
} from './request-acts.ts'
import { all, evidenceOf, founded, inPerson, standing, submit, walk } from './request-cast.ts'
import { type RefusalRow, sealed } from './request-rows.ts'

/** The head of the company signs as handler: the head's own signature is then the third of two. */
function headHandles(): LawWorld {
  const world = founded()
  submit(world, { handler: p('head') })
  return all(world, inPerson(handle, p('head'), 'chead'), witness)
}

/** A former director, who voted on it, sits in a seat of the supervisors. */
const directorSupervises = () =>
  succeed(all(standing('supervisorySignOff.open'), vacate('dir1')), 'sup2', 'dir1')

const many = (count: number) => ({
  evidence: Array.from({ length: count }, () => evidenceOf('other')[0]),
})
const lastDayOfYear = () => {
  const world = founded()
  submit(world)
  return all(walk(world, 'papers'), addEvidence).clock('2026-12-31T01:00:00.000Z')
}
const stranger = { stream: 'request/2026-000002' } as const

/** Issuing, papers, supervisors, township. */
export const mustRows: readonly RefusalRow[] = [
  ['notFound', 'never submitted', founded, { ...handle, ...stranger }],
  ['ledgerSealed', 'a sealed ledger', () => sealed(standing('issuing.drawnUp')), handle],

  ['notOpen', 'the witness before the handler', at('issuing.drawnUp'), witness],
  ['notYourSeat', 'another handles', at('issuing.drawnUp'), inPerson(handle, p('dir1'), 'dir1')],
  ['notYourSeat', 'another witnesses', at('issuing.handled'), inPerson(witness, p('dir1'), 'dir1')],
  ['officeNotHeld', 'the handler left', at('issuing.drawnUp', vacate('handler')), handle],
  [
    'officeNotHeld',
    'the witness, as director',
    at('issuing.handled'),
    inPerson(witness, p('witness'), 'dir1'),
  ],
  [
    'officeNotHeld',
    'a director issues',
    at('issuing.witnessed'),
    inPerson(issue, p('dir1'), 'dir1'),
  ],
  ['officeNotHeld', 'the head left', at('issuing.witnessed', vacate('chead')), issue],
  ['issuersNotThree', 'the head handled it', headHandles, issue],
  [
    'issuersNotThree',
    'the witness became head',
    held('issuing.witnessed', 'chead', 'witness'),
    inPerson(issue, p('witness')),
  ],

  [
    'officeNotHeld',
    'the handler adds papers',
    at('papers'),
    inPerson(addEvidence, p('handler'), 'handler'),
  ],
  [
    'tooManyPapers',
    'more than 200',
    at('papers', ...[50, 50, 50, 46].map((n) => ({ ...addEvidence, input: many(n) }))),
    { ...addEvidence, input: many(1) },
  ],
  ['papersIncomplete', 'no invoice', at('papers'), complete],
  [
    'officeNotHeld',
    'the handler completes',
    at('papers', addEvidence),
    inPerson(complete, p('handler'), 'handler'),
  ],
  ['calendarMissing', 'a limit that ends in a year without calendar', lastDayOfYear, complete],

  ['notOpen', 'signed before the papers are complete', at('papers', addEvidence), sign('sup1')],
  [
    'notYourSeat',
    'a director signs',
    at('supervisorySignOff.open'),
    inPerson(sign('sup1'), p('dir1'), 'dir1'),
  ],
  [
    'notYourSeat',
    'a supervisor of the cooperative signs',
    at('supervisorySignOff.open'),
    sign('watch1'),
  ],
  [
    'officeNotHeld',
    'who left the seat signs',
    at('supervisorySignOff.open', vacate('sup2')),
    sign('sup2'),
  ],
  [
    'officeNotHeld',
    'in another supervisor’s seat',
    at('supervisorySignOff.open'),
    inPerson(sign('sup1'), p('sup2')),
  ],
  [
    'ownHandling',
    'the handler became supervisor',
    held('supervisorySignOff.open', 'sup2', 'handler'),
    inPerson(sign('sup2'), p('handler')),
  ],
  [
    'ownHandling',
    'the witness objects',
    held('supervisorySignOff.open', 'sup2', 'witness'),
    inPerson(object('sup2'), p('witness')),
  ],
  ['decidesTwice', 'a director who voted', directorSupervises, inPerson(sign('sup2'), p('dir1'))],
  [
    'supervisorIncompatible',
    'a tie to a director declared since',
    at('supervisorySignOff.open', near('sup2', 'dir1')),
    sign('sup2'),
  ],
  [
    'supervisorIncompatible',
    'a tie to the cashier, objecting',
    at('supervisorySignOff.open', near('sup2', 'cashier')),
    object('sup2'),
  ],
  ['alreadySigned', 'signs twice', at('supervisorySignOff.open', sign('sup1')), sign('sup1')],
  [
    'alreadySigned',
    'objects after signing',
    at('supervisorySignOff.open', sign('sup1')),
    object('sup1'),
  ],
  [
    'alreadySigned',
    'objects twice, to count as two',
    at('supervisorySignOff.open', object('sup2')),
    object('sup2'),
  ],

  [
    'officeNotHeld',
    'the head of the centre accepts',
    at('townshipFiling.open'),
    inPerson(accept, p('centrehead'), 'head'),
  ],
  [
    'officeNotHeld',
    'an officer consents',
    at('townshipFiling.accepted'),
    inPerson(consent, p('officer2'), 'officer2'),
  ],
  [
    'officeNotHeld',
    'a leader of the township consents',
    at('townshipFiling.accepted'),
    inPerson(consent, p('leader'), 'leader'),
  ],
  ['notOpen', 'consent before an officer accepted', at('townshipFiling.open'), consent],
  [
    'ownHandling',
    'the witness became officer',
    heldInTown('townshipFiling.open', 'officer2', 'witness'),
    inPerson(accept, p('witness'), 'officer2'),
  ],
  [
    'decidesTwice',
    'a supervisor who signed accepts',
    heldInTown('townshipFiling.open', 'officer2', 'sup2'),
    inPerson(accept, p('sup2'), 'officer2'),
  ],
  [
    'officerIsHead',
    'who accepted became head',
    heldInTown('townshipFiling.accepted', 'head2', 'officer'),
    inPerson(consent, p('officer'), 'head2'),
  ],
  [
    'officerIsHead',
    'and refuses',
    heldInTown('townshipFiling.accepted', 'head2', 'officer'),
    inPerson(refuseFiling, p('officer'), 'head2'),
  ],
  [
    'decidesTwice',
    'a director who voted consents',
    heldInTown('townshipFiling.accepted', 'head2', 'dir3'),
    inPerson(consent, p('dir3'), 'head2'),
  ],
]
