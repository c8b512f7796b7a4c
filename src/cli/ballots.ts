// The ballot box of a data directory: opened when the first ballot is dropped, so that nothing lies where nobody votes online.
import { existsSync } from 'node:fs'
import { vaultKey } from '../app/keys.ts'
import type { BallotBox, BoxChoice, BoxOf, BoxTotals } from '../domain/ballot-box.ts'
import type { PersonId } from '../domain/ids.ts'
import { opened, type Session } from './session.ts'

export class LazyBallotBox implements BallotBox {
  readonly #session: Session
  #box: Promise<BallotBox> | undefined

  constructor(session: Session) {
    this.#session = session
  }

  async drop(box: BoxOf, person: PersonId, choices: readonly BoxChoice[]) {
    return (await this.#open()).drop(box, person, choices)
  }

  async holds(box: BoxOf, person: PersonId): Promise<boolean> {
    return this.#isThere() && (await this.#open()).holds(box, person)
  }

  async seal(box: BoxOf): Promise<readonly BoxTotals[]> {
    // made if need be: a ballot still on its way must find it shut
    return (await this.#open()).seal(box)
  }

  async erase(box: BoxOf): Promise<void> {
    if (this.#isThere()) await (await this.#open()).erase(box)
  }

  async boxes(): Promise<readonly BoxOf[]> {
    return this.#isThere() ? (await this.#open()).boxes() : []
  }

  async close(): Promise<void> {
    await (await this.#box)?.close()
  }

  #isThere(): boolean {
    return this.#box !== undefined || existsSync(this.#session.paths.ballots)
  }

  #open(): Promise<BallotBox> {
    const { paths, world } = this.#session
    const { ballots: file, keys } = paths
    this.#box ??= opened(file, () =>
      // the vault's own key blinds the marks: one secret fewer to keep
      world.doors.ballots({ file, key: vaultKey(keys, world.random) }),
    )
    return this.#box
  }
}
