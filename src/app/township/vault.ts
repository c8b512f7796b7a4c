// What founding and its like need of the vault: names and what belongs to them never stand in an entry (design §3).

/** Erasable values by subject: a person's id, or the digest of a list whose rows they are. */
export interface ValueVault {
  /** All of them or none; an earlier value of the same name is replaced. */
  put(subject: string, values: Readonly<Record<string, string>>): void
  /** Undefined when it was never there, or was erased. */
  get(subject: string, name: string): string | undefined
}

/** What is kept of a person, by the names it is kept under. */
export interface PersonValues {
  readonly name: string
  /** What the post is called in the village's papers, e.g. 南塘村采购员: how accountants' sheets name the person. */
  readonly label?: string
  readonly phone?: string
}
