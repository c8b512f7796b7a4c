// One ledger under construction: its founding commands in order, each with its place in the file.
import type { Command } from '../../domain/command.ts'
import type { By } from '../../domain/entry.ts'
import type { Origin, PersonId, StreamId } from '../../domain/ids.ts'
import type { LocalDate } from '../../domain/time.ts'
import { rosterStream } from '../../../workflows/roster/v1/fold.ts'
import { type Path, type TownshipFault, townshipFault, type TownshipFaultCode } from './faults.ts'
import type { Mint } from './ids.ts'

export interface FoundingStep {
  readonly path: Path
  readonly command: Command
}

/** What all ledgers of one founding share. */
export interface Ground {
  readonly mint: Mint
  /** The day of founding, in Asia/Shanghai. */
  readonly on: LocalDate
  readonly founder: By
  /** The id minted for a key of the file. */
  readonly person: (key: string) => PersonId
}

export class Site {
  readonly origin: Origin
  readonly ground: Ground
  readonly steps: FoundingStep[] = []
  readonly faults: TownshipFault[] = []

  constructor(origin: Origin, ground: Ground) {
    this.origin = origin
    this.ground = ground
  }

  fault(code: TownshipFaultCode, path: Path): void {
    this.faults.push(townshipFault(code, path))
  }

  /** A command of the founder on the roster. */
  roster(path: Path, type: string, input: unknown): void {
    this.add(path, type, { stream: rosterStream, by: this.ground.founder, input })
  }

  add(
    path: Path,
    type: string,
    asked: { readonly stream: StreamId; readonly by: By; readonly input: unknown },
  ): void {
    const id = this.ground.mint.command()
    this.steps.push({ path, command: { id, type, ledger: this.origin, ...asked } })
  }
}
