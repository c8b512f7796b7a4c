// Asked at the door of every command: are the files there that it names? The ledger holds digests alone, so this is no matter of
// the law, which everybody can re-decide; but nobody shall answer for a paper that nobody can look at.
import type { AttachmentStore } from '../../domain/attachment.ts'
import type { Command } from '../../domain/command.ts'
import { refuse } from '../../domain/refusal.ts'
import type { Decision, Outcome } from '../../domain/store.ts'
import { filesNamed } from './named.ts'

/** What a refusal can name and still be read. */
const NAMED_MAX = 5

export class FilesAtTheDoor {
  readonly #files: Pick<AttachmentStore, 'missing' | 'named'> | undefined
  readonly #command: Command
  #missing: readonly string[] = []

  /** Looks, and makes sure that what is there stays until it is named. Without a store nothing is asked. */
  static async open(
    files: Pick<AttachmentStore, 'missing' | 'named'> | undefined,
    command: Command,
  ): Promise<FilesAtTheDoor> {
    const door = new FilesAtTheDoor(files, command)
    await door.#look()
    return door
  }

  private constructor(
    files: Pick<AttachmentStore, 'missing' | 'named'> | undefined,
    command: Command,
  ) {
    this.#files = files
    this.#command = command
  }

  async #look(): Promise<void> {
    const { type, input, ledger } = this.#command
    const wanted = this.#files === undefined ? [] : filesNamed(type, input)
    if (wanted.length === 0) return
    const lost = new Set(
      await this.#files?.missing(
        ledger,
        wanted.map(({ sha256 }) => sha256),
      ),
    )
    this.#missing = wanted
      .filter(({ sha256 }) => lost.has(sha256))
      .map(({ sha256, paper, field }) => `${paper ?? field} ${sha256.slice(0, 12)}`)
  }

  /** The law speaks first: who may not act at all is told that. */
  held(decision: Decision): Decision {
    if ('refused' in decision || this.#missing.length === 0) return decision
    const named = this.#missing.slice(0, NAMED_MAX).join(', ')
    const papers = this.#missing.length > NAMED_MAX ? `${named} …` : named
    return refuse('attachmentMissing', { count: String(this.#missing.length), papers })
  }

  /**
   * After a crash before this, the sweep finds in the ledger what it says. So it does where this fails: the command is done all
   * the same, and nobody may be told otherwise.
   */
  async done(outcome: Outcome): Promise<void> {
    if (this.#files === undefined || !('receipt' in outcome)) return
    const { type, input, ledger } = this.#command
    const files = filesNamed(type, input).map(({ sha256 }) => sha256)
    if (files.length > 0) await this.#files.named(ledger, files).catch(() => {})
  }
}
