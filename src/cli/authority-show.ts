// authority show: what it may be used for, what is left of it, what it rests on, and everything that happened.
import { grouped } from '../domain/money.ts'
import { dateAt, instantOf } from '../domain/time.ts'
import { authorityView, type AuthorityView } from '../app/read/authority.ts'
import { found, type ShowOptions } from './found.ts'
import type { Session } from './session.ts'
import { pairs, table } from './table.ts'
import { trailLines } from './trail.ts'
import { words } from './words.ts'

export async function authorityShow(session: Session, id: string, options: ShowOptions) {
  const on = dateAt(instantOf(session.world.now()))
  const view = await found(session, { id, ...options }, (reading, ledger, how) =>
    authorityView(reading, { ledger, id, on }, how),
  )
  session.print(view, () => lines(session, view))
}

function lines({ language }: Session, view: AuthorityView): readonly string[] {
  const word = words[language]
  const told = [
    [word.ledger, view.ledger],
    [word.title, view.title],
    [word.kind, view.kind],
    [word.company, view.company],
    [word.payee, view.payees.join(' ')],
    [word.contract, view.contract],
    [word.term, `${view.from} – ${view.to}`],
    [word.ceiling, grouped(view.ceiling)],
    [word.reserved, grouped(view.reserved)],
    [word.drawn, grouped(view.drawn)],
    [word.left, grouped(view.left)],
    [word.ground, view.ground],
    [word.filing, view.filing],
    [word.replaces, view.replaces],
    [word.replacedBy, view.replacedBy],
  ] as const
  return [
    `${view.authority}  ${view.state}`,
    '',
    ...pairs(told.filter(([, value]) => value !== '')),
    '',
    ...uses(view, word),
    ...trailLines(view.trail),
  ]
}

function uses({ uses: all }: AuthorityView, word: (typeof words)['zh']): readonly string[] {
  if (all.length === 0) return []
  const rows = all.map(({ request, amount, state, on }) => [
    request,
    grouped(amount),
    word[state],
    on,
  ])
  const columns = [
    { title: word.request },
    { title: word.amount, align: 'right' as const },
    { title: word.state },
    { title: word.onDay },
  ]
  return [...table(columns, rows), '']
}
