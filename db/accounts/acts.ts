// Accepted acts on accounts: written in the transaction of the act, so that neither stands without the other.
import type {
  AccountAct,
  AccountActFilter,
  AccountActLog,
  AccountActPage,
  KeptAccountAct,
} from '../../src/domain/account-act.ts'
import type { Connection } from '../sqlite/open.ts'

/** Inside the caller's transaction. */
export function writeAct(db: Connection, { townships, ...act }: AccountAct): void {
  db.prepare<[Readonly<Record<string, unknown>>]>(
    `insert into account_act (at, act, account, person, by_account, by_person, by_right, townships)
     values (:at, :act, :account, :person, :byAccount, :byPerson, :byRight, :townships)`,
  ).run({ ...act, townships: JSON.stringify(townships) })
}

type Row = Omit<KeptAccountAct, 'townships'> & { readonly townships: string }

const columns = `id, at, act, account, person, by_account as byAccount, by_person as byPerson,
  by_right as byRight, townships`

const actOf = ({ townships, ...row }: Row): KeptAccountAct => ({
  ...row,
  townships: JSON.parse(townships) as readonly string[],
})

export class SqliteAccountActs implements AccountActLog {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  async page({ limit, after, own, ...filter }: AccountActFilter): Promise<AccountActPage> {
    const rows = this.#db
      .prepare<[Readonly<Record<string, unknown>>], Row>(
        `select ${columns} from account_act
         where id < :under
           and (:township is null or townships = '[]'
             or :township in (select value from json_each(townships)))
           and (:ownAccount is null or account = :ownAccount
             or (person <> '' and person = :ownPerson))
           and person = coalesce(:person, person) and act = coalesce(:act, act)
           and at >= :from and at < :before
         order by id desc limit :limit`,
      )
      .all({
        township: filter.township ?? null,
        ownAccount: own?.account ?? null,
        ownPerson: own?.person ?? '',
        person: filter.person ?? null,
        act: filter.act ?? null,
        from: filter.from ?? 0,
        before: filter.before ?? Number.MAX_SAFE_INTEGER,
        under: after === undefined ? Number.MAX_SAFE_INTEGER : Number(after[0]),
        limit: limit + 1,
      })
    const kept = rows.slice(0, limit).map(actOf)
    const last = kept.at(-1)
    return rows.length > limit && last !== undefined
      ? { rows: kept, next: [String(last.id)] }
      : { rows: kept }
  }

  async unseenResets(account: string): Promise<readonly KeptAccountAct[]> {
    return this.#db
      .prepare<[string], Row>(
        `select ${columns} from account_act
         where account = ? and act = 'reset' and id not in (select act from account_act_seen)
         order by id desc`,
      )
      .all(account)
      .map(actOf)
  }

  async seen(acts: readonly number[]): Promise<void> {
    const put = this.#db.prepare<[number]>(
      'insert into account_act_seen (act) values (?) on conflict (act) do nothing',
    )
    this.#db
      .transaction(() => {
        for (const act of acts) put.run(act)
      })
      .immediate()
  }
}
