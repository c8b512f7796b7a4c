// What founding needs of the vault: names and what belongs to them never stand in an entry (design §3).
import type { PersonId } from '../../domain/ids.ts'

export interface PersonValues {
  readonly name: string
  /** What the post is called in the village's papers, e.g. 南塘村采购员: how accountants' sheets name the person. */
  readonly label?: string
  readonly phone?: string
}

/** Erasable personal values by person. */
export interface PersonVault {
  put(person: PersonId, values: PersonValues): Promise<void>
  /** Undefined when nothing is known of the person, or it was erased. */
  get(person: PersonId): Promise<PersonValues | undefined>
}
