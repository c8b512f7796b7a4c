// The smallest forms of acts on an authority, on the township's policy and on a roster.
import type { AuthorityState } from '../../../workflows/authority/v1/fold.ts'
import type { RosterState } from '../../../workflows/roster/v1/fold.ts'
import { bare, noFile, type Probes, reasoned, TEXT } from './probe.ts'

export const authorityProbes: Probes<AuthorityState> = {
  'authorityFiling.accept': bare,
  'authorityFiling.consent': reasoned,
  'authorityFiling.refuse': reasoned,
  'authority.close': reasoned,
}

export const policyProbes: Probes<unknown> = {
  'policy.propose': { input: () => ({ settings: [], basis: TEXT }), open: true },
  'policy.clear': { input: (_state, { today }) => ({ document: TEXT, on: today }), open: true },
  'policy.endorse': bare,
  'policy.giveOpinion': { input: () => ({ opinion: TEXT }) },
  'policy.enact': bare,
  'policy.withdraw': reasoned,
}

/** Ids nobody has: random ones are longer. */
const nobody = 'p_probe'

export const rosterProbes: Probes<RosterState> = {
  'organisation.register': {
    input: ({ organisations }) => {
      const [first] = [...organisations.values()]
      const owner = [...organisations.values()].find(({ kind }) => kind === 'cooperative')
      const own = { organisation: 'g_probe', name: TEXT }
      if (owner !== undefined) return { kind: 'company', ...own, owner: owner.id }
      return { kind: first === undefined ? 'cooperative' : first.kind, ...own }
    },
    open: true,
  },
  'office.open': {
    input({ offices }) {
      const [first] = [...offices.values()]
      if (first === undefined) return undefined
      return { office: 'o_probe', kind: first.kind, organisation: first.organisation }
    },
    open: true,
  },
  'office.appoint': {
    input({ offices }, { today }) {
      const all = [...offices.values()]
      const one = all.find(({ holder }) => holder === undefined) ?? all[0]
      return one === undefined ? undefined : { office: one.id, person: nobody, from: today }
    },
    open: true,
  },
  'office.vacate': {
    input({ offices }) {
      const one = [...offices.values()].find(({ holder }) => holder !== undefined)
      return one === undefined ? undefined : { office: one.id, reason: TEXT }
    },
    open: true,
  },
  'household.record': {
    input: () => ({ households: [{ household: 'h_probe', members: [] }] }),
    open: true,
  },
  'relatives.declare': {
    input: () => ({ pairs: [{ a: nobody, b: 'p_probe2', relation: 'other' }] }),
    open: true,
  },
  'control.declare': {
    input: () => ({
      controls: [{ person: nobody, payeeKey: 'account:000000', relation: 'controls' }],
    }),
    open: true,
  },
  'mandate.grant': {
    input({ offices }, { by, today }) {
      const own = offices.get(by.office)
      const head = [...offices.values()].find(({ kind }) => kind === 'companyHead')
      const office = own?.kind === 'reportingClerk' ? (head?.id ?? by.office) : by.office
      const terms = { office, person: nobody, from: today, to: today, musts: ['issuing'] }
      return { mandate: 'd_probe', ...terms, paper: noFile }
    },
    open: true,
  },
  'mandate.revoke': {
    input({ mandates }) {
      const one = [...mandates.values()].findLast(({ revoked }) => !revoked)
      return one === undefined ? undefined : { mandate: one.id, reason: TEXT }
    },
    open: true,
  },
}

/** Asked by no probe: what begins something, or rests on a vote just taken, needs the whole of it before anything can be said. */
export const unprobed: readonly string[] = [
  'request.submit',
  'meeting.plan',
  'inspection.plan',
  'authority.approve',
  'villageRule.enact',
]
