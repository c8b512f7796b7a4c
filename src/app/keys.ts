// The ledgers' signing keys, one file each, in Go's note format. They are read to sign and never shown: no error, log or
// report holds one.
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { type Origin, originSchema } from '../domain/ids.ts'
import { fillBoth, type Sentence } from '../domain/language.ts'
import { concatBytes, fromHex, toHex, utf8 } from '../ledger/bytes.ts'
import type { LedgerCrypto } from '../ledger/crypto.ts'
import { FormatError } from '../ledger/error.ts'
import { type NoteSigner, parseSkey, skeyOf, vkeyOf } from '../ledger/note.ts'
import { codeOf, makeFolder as madeFolder } from './folders.ts'

const faults = {
  keyMissing: {
    zh: '找不到账本{origin}的签名密钥（{file}）。请从备份恢复密钥文件，或用 --keys 指定所在目录',
    en: 'There is no signing key of ledger {origin} ({file}). Restore it from its backup, or name its folder with --keys',
  },
  keyExposed: {
    zh: '密钥文件{file}可被他人读取，不予使用。请执行 chmod 600 {file}，并考虑更换密钥',
    en: 'The key file {file} can be read by others and is not used. Run chmod 600 {file}, and consider a new key',
  },
  keyMalformed: {
    zh: '密钥文件{file}不是签名密钥，或已损坏。请从备份恢复',
    en: 'The key file {file} is not a signing key or is damaged. Restore it from its backup',
  },
  keyOfAnother: {
    zh: '密钥文件{file}属于另一个账本，不是{origin}的',
    en: 'The key file {file} is that of another ledger, not of {origin}',
  },
  keyUnreadable: {
    zh: '不能读写密钥目录{file}（{detail}）',
    en: 'The key folder {file} cannot be read or written ({detail})',
  },
} as const satisfies Record<string, Sentence>

/** A key cannot be used. Neither the message nor the sentence holds anything of it. */
export class KeyFault extends Error {
  readonly code: keyof typeof faults
  readonly sentence: Sentence

  constructor(code: keyof typeof faults, params: Readonly<Record<string, string>>) {
    const sentence = fillBoth(faults[code], params)
    super(`${code}: ${sentence.en}`)
    this.code = code
    this.sentence = sentence
  }
}

/** The signing keys of a data directory. */
export interface Keys {
  /** @throws KeyFault when there is no usable key of this ledger */
  readonly signer: (origin: Origin) => NoteSigner
  /** The key's public half, for publishing. @throws as `signer` does */
  readonly vkey: (origin: Origin) => string
  /** Makes the key of a new ledger, or finds the one it has; returns its public half. */
  readonly create: (origin: Origin) => string
  /** Ledgers that have a key. */
  readonly origins: () => readonly Origin[]
}

const OWNER_ONLY = 0o600
const OTHERS = 0o077

/** Keys as files `<origin, / as _>.skey` of one folder. `seed` gives 32 bytes: random ones, or the demo's own. */
export function fileKeys(
  folder: string,
  crypto: LedgerCrypto,
  seed: (origin: Origin) => Uint8Array,
): Keys {
  const loaded = new Map<Origin, NoteSigner>()
  const fileOf = (origin: Origin): string => join(folder, `${origin.replaceAll('/', '_')}.skey`)
  const signer = (origin: Origin): NoteSigner => {
    const known = loaded.get(origin) ?? readKey(crypto, { origin, file: fileOf(origin) })
    loaded.set(origin, known)
    return known
  }
  const vkey = (origin: Origin): string => publicHalf(crypto, signer(origin))
  return {
    signer,
    vkey,
    create(origin) {
      makeFolder(folder)
      writeKey({ folder, file: fileOf(origin) }, skeyOf(crypto, origin, seed(origin)))
      return vkey(origin)
    },
    origins: () => listed(folder),
  }
}

/** Keys drawn from a text, in memory: the same text, the same keys. For demonstrations, never for a real township. */
export function seededKeys(crypto: LedgerCrypto, text: string): Keys {
  const made = new Set<Origin>()
  const signer = (origin: Origin): NoteSigner => {
    made.add(origin)
    return { name: origin, seed: crypto.sha256(concatBytes(utf8(text), [0], utf8(origin))) }
  }
  const vkey = (origin: Origin): string => publicHalf(crypto, signer(origin))
  return { signer, vkey, create: vkey, origins: () => [...made] }
}

const publicHalf = (crypto: LedgerCrypto, { name, seed }: NoteSigner): string =>
  vkeyOf(crypto, name, crypto.publicKey(seed))

/** The line of a file that nobody else can read; undefined where there is none. */
function readSecret(file: string): string | undefined {
  return ifThere(file, () => {
    // Windows keeps rights elsewhere: its mode bits say nothing
    if (process.platform !== 'win32' && (statSync(file).mode & OTHERS) !== 0) {
      throw new KeyFault('keyExposed', { file })
    }
    return readFileSync(file, 'utf8').replace(/\n$/, '')
  })
}

function readKey(crypto: LedgerCrypto, { origin, file }: { origin: Origin; file: string }) {
  const text = readSecret(file)
  if (text === undefined) throw new KeyFault('keyMissing', { origin, file })
  let signer: NoteSigner
  try {
    signer = parseSkey(crypto, text)
  } catch (error) {
    if (error instanceof FormatError) throw new KeyFault('keyMalformed', { file })
    throw error
  }
  if (signer.name !== origin) throw new KeyFault('keyOfAnother', { file, origin })
  return signer
}

/**
 * Whole or not at all, and never over a key that is there: a ledger whose key was replaced can never sign again. A crash
 * before the link leaves a `.tmp` that is never read.
 */
function writeKey({ folder, file }: { folder: string; file: string }, secret: string): void {
  const temporary = `${file}.${process.pid}.tmp`
  attempt(folder, () => {
    const handle = openSync(temporary, 'wx', OWNER_ONLY)
    try {
      writeSync(handle, `${secret}\n`)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    try {
      linkSync(temporary, file)
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    } finally {
      unlinkSync(temporary)
    }
    syncFolder(folder)
  })
}

/**
 * The key that wraps the vault's: 32 bytes, made when there is none. Without it nobody can be named any more; the ledgers
 * stand all the same.
 * @throws KeyFault
 */
export function vaultKey(folder: string, random: (bytes: number) => Uint8Array): Uint8Array {
  const file = join(folder, 'vault.key')
  const known = readVaultKey(folder)
  if (known !== undefined) return known
  makeFolder(folder)
  writeKey({ folder, file }, toHex(random(VAULT_KEY_BYTES)))
  return vaultKey(folder, random)
}

/** Undefined where there is none. @throws KeyFault */
export function readVaultKey(folder: string): Uint8Array | undefined {
  const file = join(folder, 'vault.key')
  const text = readSecret(file)
  if (text === undefined) return undefined
  if (!/^[0-9a-f]{64}$/.test(text)) throw new KeyFault('keyMalformed', { file })
  return fromHex(text)
}

const VAULT_KEY_BYTES = 32

/**
 * What signs session cookies and seals second factors, made when there is none. Whoever loses it signs everybody out, and
 * everybody sets up one-time codes anew.
 * @throws KeyFault
 */
export function doorSecret(folder: string, random: (bytes: number) => Uint8Array): string {
  const file = join(folder, 'door.key')
  const known = readSecret(file)
  if (known === undefined) {
    makeFolder(folder)
    writeKey({ folder, file }, toHex(random(DOOR_SECRET_BYTES)))
    return doorSecret(folder, random)
  }
  if (!/^[0-9a-f]{64}$/.test(known)) throw new KeyFault('keyMalformed', { file })
  return known
}

const DOOR_SECRET_BYTES = 32

function makeFolder(folder: string): void {
  attempt(folder, () => {
    // the rights asked for are cut by the process's mask; these are not
    if (madeFolder(folder, { mode: 0o700 })) chmodSync(folder, 0o700)
  })
}

function listed(folder: string): readonly Origin[] {
  const names = ifThere(folder, () => readdirSync(folder)) ?? []
  return names.toSorted().flatMap((name) => {
    if (!name.endsWith('.skey')) return []
    const origin = originSchema.safeParse(name.slice(0, -5).replaceAll('_', '/'))
    return origin.success ? [origin.data] : []
  })
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A KeyFault for whatever the file system says. */
function attempt<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof KeyFault) throw error
    throw new KeyFault('keyUnreadable', { file, detail: codeOf(error) })
  }
}

/** As `attempt`; undefined where there is nothing to read. */
const ifThere = <T>(file: string, work: () => T): T | undefined =>
  attempt(file, () => {
    try {
      return work()
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    }
  })
