// A township in which nothing else has happened: every fact answered by nothing found.
import { type FactName, factNames, type FactSource } from '../../src/domain/facts.ts'
import { zero } from '../../src/domain/money.ts'
import type { LawWorld } from './law.ts'

export const quietFacts: FactSource = {
  payeeWindow: ({ keys }) => ({ payee: keys[0] ?? '', keys, parts: [] }),
  invoiceUse: () => ({ here: [], elsewhere: [] }),
  openAdvances: () => ({ requests: [] }),
  sellerInvoices: () => ({ invoices: [] }),
  fileUse: () => ({ files: [] }),
  amounts: () => ({ requests: [] }),
  purchases: () => ({ month: zero, cash: zero, year: zero, count: 0, payee: zero }),
  contractParties: () => ({ parties: [] }),
  ceilings: () => ({ authorities: [] }),
  population: () => ({ requests: [], red: [] }),
  openRounds: () => ({ rounds: [] }),
  rootAfter: () => ({}),
}

export function quiet(world: LawWorld): LawWorld {
  const answer = <N extends FactName>(name: N) => world.fact(name, quietFacts[name])
  for (const name of factNames) answer(name)
  return world
}
