// Bytes from outside that are not in the form the ledger demands. Callers branch on `code`.

/** Base of all refusals to read a ledger format; `code` is stable, `message` is for operators. */
export class FormatError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(`${message} (${code})`)
    this.name = new.target.name
    this.code = code
  }
}
