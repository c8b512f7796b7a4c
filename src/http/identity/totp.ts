// TOTP (RFC 6238), checked here before better-auth checks it again: a code counts once, and every wrong one is counted.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { symmetricDecrypt } from 'better-auth/crypto'
import type { ToldAccounts } from '../../domain/account.ts'
import { claimFactor, type CountingWorld } from './counting.ts'
import { type Answer, problem } from './problems.ts'

const STEP_MS = 30_000
const DIGITS = 6
/** A phone may be one step early or late, as with better-auth. */
const WINDOW = [1, 0, -1]

export interface TotpWorld extends CountingWorld {
  readonly accounts: ToldAccounts
  /** Seals the secrets of the second factor: better-auth's. */
  readonly sealing: Parameters<typeof symmetricDecrypt>[0]['key']
}

/** The code of a time step. */
export function totpCode(secret: string | Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0xf
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS
  return String(number).padStart(DIGITS, '0')
}

/** The latest step around `now` the code is right for. */
export function stepOf(secret: string, code: string, now: number): number | undefined {
  const given = Buffer.from(code)
  if (given.length !== DIGITS) return undefined
  const here = Math.floor(now / STEP_MS)
  return WINDOW.map((off) => here + off).find((step) =>
    timingSafeEqual(given, Buffer.from(totpCode(secret, step))),
  )
}

/**
 * Takes a code of this account: right, not used, not older than one that was. Wrong ones are counted, signed in or not.
 * `enrolling` lets the first code through, which proves that the app was set up.
 */
export async function takeCode(
  world: TotpWorld,
  { account, code }: { readonly account: string; readonly code: string },
  { enrolling = false } = {},
): Promise<Answer<true>> {
  const factor = await world.accounts.totpOf(account)
  if (factor === undefined || !(factor.verified || enrolling)) return problem('secondFactorNotSet')
  const claim = await claimFactor(world, account, 'totp')
  if ('problem' in claim) return claim
  const secret = await symmetricDecrypt({ key: world.sealing, data: factor.sealed })
  const step = stepOf(secret, code, world.clock())
  if (step === undefined || !(await world.accounts.takeTotpStep(account, step))) {
    return problem('totpWrong')
  }
  await claim.done.right()
  return { done: true }
}

const ISSUER = '五个必经'

/** What the authenticator app scans: labelled with the username, where better-auth's own says the e-mail nobody has. */
export function otpauthUri(uri: string, username: string): string {
  const secret = new URL(uri).searchParams.get('secret')
  if (secret === null) throw new Error('an otpauth address without its secret')
  const label = `${encodeURIComponent(ISSUER)}:${encodeURIComponent(username)}`
  const settings = new URLSearchParams({ secret, issuer: ISSUER, digits: '6', period: '30' })
  return `otpauth://totp/${label}?${settings.toString()}`
}
