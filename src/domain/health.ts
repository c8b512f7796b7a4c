// Whether the server can be given work, as its composition root knows it.

export interface Health {
  /** Entries can be written. */
  readonly store: boolean
  /** Every head committed is on its medium outside the database. */
  readonly heads: boolean
  /** There is room for some time. */
  readonly disk: boolean
}
