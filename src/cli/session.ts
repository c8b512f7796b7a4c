// One run of the command line: where the data is, how to speak, and what may be opened.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Language, Sentence } from '../domain/language.ts'
import { fileKeys, type Keys, readVaultKey } from '../app/keys.ts'
import { nodeCrypto } from '../app/crypto.ts'
import { keptList } from '../app/lists/keep.ts'
import type { Reading } from '../app/read/port.ts'
import { type LedgerView, ledgerViews } from '../app/read/ledgers.ts'
import type { Doors } from './doors.ts'
import { fault, isOfSystem, systemCode } from './faults.ts'
import { type Bar, bar, type Terminal } from './progress.ts'

/** The process as the composition root hands it in. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly stdout: Terminal
  readonly stderr: Terminal
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly random: (bytes: number) => Uint8Array
  /** Runs `tidy`, which must be quick and may not wait, when the process is told to stop; what is returned forgets it. */
  readonly onInterrupt: (tidy: () => void) => () => void
  /** Settles when the process is told to stop: for what must be finished first. */
  readonly toldToStop: () => Promise<void>
  /** Tells whoever started this run how far it is; nothing where nobody did. */
  readonly report?: (progress: object) => void
  readonly doors: Doors
}

/** Options every command takes. */
export interface CommonOptions {
  readonly data?: string
  readonly keys?: string
  readonly heads?: string
  readonly json?: boolean
  readonly lang?: string
}

/** Where things lie in a data directory. */
export interface Paths {
  readonly data: string
  readonly ledger: string
  readonly drafts: string
  /** Where members' choices lie until their meeting is over: no part of backups. */
  readonly ballots: string
  /** Links and PINs of members without accounts: as digests. */
  readonly ballotLinks: string
  readonly vault: string
  readonly vaultKeys: string
  readonly accounts: string
  /** What jobs must not forget. */
  readonly jobs: string
  /** Held by the server that serves the directory. */
  readonly lock: string
  /** Who was refused what. */
  readonly attempts: string
  /** What is known of the files, and the folder with their bytes. */
  readonly attachments: string
  readonly files: string
  readonly keys: string
  readonly heads: string
}

export class Session {
  readonly language: Language
  readonly paths: Paths
  readonly world: Surroundings
  readonly #json: boolean
  readonly #options: CommonOptions

  constructor(world: Surroundings, language: Language, options: CommonOptions) {
    this.world = world
    this.language = language
    this.#json = options.json ?? false
    this.#options = options
    this.paths = pathsOf(world, options)
  }

  /** `zh` or `en` of a sentence. */
  say(sentence: Sentence): string {
    return sentence[this.language]
  }

  /** What a command found: as JSON for programs, or as lines for people. */
  print(value: unknown, lines: () => readonly string[]): void {
    const text = this.#json ? JSON.stringify(value, undefined, 2) : lines().join('\n')
    if (text !== '') this.world.stdout.write(`${text}\n`)
  }

  /** Beside the result, for people only. */
  note(line: string): void {
    if (!this.#json) this.world.stderr.write(`${line}\n`)
  }

  /** Beside the result, whoever reads it. */
  warn(sentence: Sentence): void {
    this.world.stderr.write(`${this.say(sentence)}\n`)
  }

  bar(title: Sentence): Bar {
    return bar(this.world.stderr, this.say(title), this.world.now)
  }

  /** The signing keys as files. */
  keys(folder = this.paths.keys): Keys {
    return fileKeys(folder, nodeCrypto, () => this.world.random(32))
  }

  /** @throws CliFault unless the data directory is one */
  requireData(): Paths {
    if (!existsSync(this.paths.ledger)) {
      throw fault('notADataDirectory', { path: this.paths.data })
    }
    return this.paths
  }

  /** Opens the data directory for reading, and closes it whatever happens. */
  async reading<T>(work: (reading: Reading) => Promise<T>): Promise<T> {
    const { ledger } = this.requireData()
    const reading = await opened(ledger, () => this.world.doors.reading(ledger))
    try {
      const vault = await this.#vault()
      try {
        return await work({
          ...reading,
          person: (person) => vault?.get(person, 'name'),
          list: (digest) => (vault === undefined ? undefined : keptList(vault, digest)),
        })
      } finally {
        vault?.close()
      }
    } finally {
      reading.close()
    }
  }

  /** Absent where there is no vault, or no key to it: persons then go by their ids. */
  async #vault() {
    const { vault: file, vaultKeys: keysFile, keys } = this.paths
    const key = existsSync(file) ? readVaultKey(keys) : undefined
    if (key === undefined) return undefined
    return opened(file, () => this.world.doors.vault({ file, keysFile, key }))
  }

  /** The same run with another data directory: one that is being made. */
  at(data: string): Session {
    return new Session(this.world, this.language, { ...this.#options, data })
  }

  /**
   * A run whose directory, `place` where none was named, keeps its keys and heads in itself: a demonstration must not touch
   * those of a real township that the environment names.
   * @throws CliFault `usage`
   */
  alone(place: string): Session {
    const { data, keys, heads, ...options } = this.#options
    if (keys !== undefined || heads !== undefined) {
      throw fault('usage', { detail: 'demo --keys | --heads' })
    }
    const { FIVE_MUSTS_DATA: named, ...others } = this.world.env
    const env = { ...others, FIVE_MUSTS_KEYS: undefined, FIVE_MUSTS_HEADS: undefined }
    const world = { ...this.world, env }
    return new Session(world, this.language, { ...options, data: data ?? named ?? place })
  }
}

const pathOf = (error: unknown): string | undefined =>
  error instanceof Error && 'path' in error ? String(error.path) : undefined

/** Opens a database file; what the engine says of a file that is none becomes a fault. */
export async function opened<T>(path: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (cause) {
    if (isOfSystem(cause)) {
      throw fault('fileUnwritable', { path: pathOf(cause) ?? path, detail: systemCode(cause) })
    }
    if (!systemCode(cause).startsWith('SQLITE_')) throw cause
    if (systemCode(cause).startsWith('SQLITE_BUSY')) throw fault('databaseBusy', {}, { cause })
    throw fault('databaseUnreadable', { path, detail: systemCode(cause) }, { cause })
  }
}

function pathsOf({ env, cwd }: Surroundings, options: CommonOptions): Paths {
  const data = resolve(cwd, options.data ?? env['FIVE_MUSTS_DATA'] ?? 'data')
  const keys = options.keys ?? env['FIVE_MUSTS_KEYS']
  const heads = options.heads ?? env['FIVE_MUSTS_HEADS']
  return {
    data,
    ledger: join(data, 'ledger.db'),
    drafts: join(data, 'drafts.db'),
    ballots: join(data, 'ballots.db'),
    ballotLinks: join(data, 'ballot-links.db'),
    vault: join(data, 'vault.db'),
    vaultKeys: join(data, 'vault-keys.db'),
    accounts: join(data, 'accounts.db'),
    jobs: join(data, 'jobs.db'),
    lock: join(data, 'serving.lock'),
    attempts: join(data, 'attempts.db'),
    attachments: join(data, 'attachments.db'),
    files: join(data, 'attachments'),
    keys: keys === undefined ? join(data, 'keys') : resolve(cwd, keys),
    heads: heads === undefined ? join(data, 'heads') : resolve(cwd, heads),
  }
}

/**
 * The ledgers somebody means: an origin, its 12-digit code, or its name; all without one.
 * @throws CliFault
 */
export function chosenLedgers(reading: Reading, found?: string): readonly LedgerView[] {
  const all = ledgerViews(reading)
  if (found === undefined) return all
  const exact = all.filter(({ origin }) => origin === found)
  const fits = all.filter(({ origin, name }) => origin.includes(`/${found}`) || name === found)
  const chosen = exact.length > 0 ? exact : fits
  if (chosen.length === 1) return chosen
  const known = (chosen.length > 1 ? chosen : all).map(({ origin }) => origin).join(' ')
  throw chosen.length > 1
    ? fault('ledgerAmbiguous', { found, known })
    : fault('ledgerUnknown', { found, known: known === '' ? '—' : known })
}

/** A whole number from 0; for options. */
export function wholeNumber(option: string, found: string): number {
  const value = /^\d{1,15}$/.test(found) ? Number(found) : NaN
  if (!Number.isSafeInteger(value)) throw fault('numberMalformed', { option, found })
  return value
}
