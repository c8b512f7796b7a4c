// The accounts' tables, once for PostgreSQL: the same keys and the same rows as sqlite.ts (proved in same.ts), in a schema of
// their own. Times have a zone: better-auth's own generator leaves it out.
import {
  bigint,
  boolean,
  index,
  integer,
  pgSchema,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { AccountActKind, ActRight } from '../../src/domain/account-act.ts'
import type { AccountRole, Proof, SignInProof } from '../../src/domain/account.ts'
import type { PersonId } from '../../src/domain/ids.ts'

const accounts = pgSchema('accounts')
const when = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })
const flag = (name: string) => boolean(name)
/** Milliseconds since 1970. */
const long = (name: string) => bigint(name, { mode: 'number' })

export const user = accounts.table(
  'user',
  {
    id: text('id').primaryKey(),
    /** The username: no second copy of a person's name. */
    name: text('name').notNull(),
    /** Nobody needs one; better-auth does. `<id>@noreply.invalid`. */
    email: text('email').notNull().unique(),
    emailVerified: flag('email_verified').notNull(),
    image: text('image'),
    createdAt: when('created_at').notNull(),
    updatedAt: when('updated_at').notNull(),
    username: text('username').unique(),
    twoFactorEnabled: flag('two_factor_enabled'),
    role: text('role').$type<AccountRole>(),
    banned: flag('banned'),
    banReason: text('ban_reason'),
    banExpires: when('ban_expires'),
    personId: text('person_id').$type<PersonId>(),
    /** False until a set-up link was used. */
    ready: flag('ready').notNull(),
  },
  (t) => [uniqueIndex('user_person').on(t.personId)],
)

export const session = accounts.table(
  'session',
  {
    id: text('id').primaryKey(),
    expiresAt: when('expires_at').notNull(),
    token: text('token').notNull().unique(),
    createdAt: when('created_at').notNull(),
    updatedAt: when('updated_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    userId: text('user_id').notNull(),
    impersonatedBy: text('impersonated_by'),
    signedInBy: text('signed_in_by').$type<SignInProof>().notNull(),
    confirmedAt: when('confirmed_at'),
    confirmedBy: text('confirmed_by').$type<Proof>(),
  },
  (t) => [index('session_user').on(t.userId), index('session_expires').on(t.expiresAt)],
)

export const account = accounts.table(
  'account',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: text('user_id').notNull(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: when('access_token_expires_at'),
    refreshTokenExpiresAt: when('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: when('created_at').notNull(),
    updatedAt: when('updated_at').notNull(),
  },
  (t) => [
    index('account_user').on(t.userId),
    uniqueIndex('account_provider').on(t.providerId, t.accountId),
  ],
)

export const verification = accounts.table(
  'verification',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: when('expires_at').notNull(),
    createdAt: when('created_at').notNull(),
    updatedAt: when('updated_at').notNull(),
  },
  (t) => [index('verification_identifier').on(t.identifier)],
)

export const twoFactor = accounts.table(
  'two_factor',
  {
    id: text('id').primaryKey(),
    secret: text('secret').notNull(),
    backupCodes: text('backup_codes').notNull(),
    userId: text('user_id').notNull(),
    verified: flag('verified'),
    failedVerificationCount: integer('failed_verification_count'),
    lockedUntil: when('locked_until'),
  },
  (t) => [uniqueIndex('two_factor_user').on(t.userId)],
)

/** `last_request` is when the window began: ours is a fixed one (db/accounts/attempts.ts). */
export const rateLimit = accounts.table('rate_limit', {
  id: text('id').primaryKey(),
  key: text('key').notNull().unique(),
  count: integer('count').notNull(),
  lastRequest: long('last_request').notNull(),
})

/** One-time links, by the digest of their token. Used and replaced ones stay: who reset whom, and when. */
export const setupLink = accounts.table(
  'setup_link',
  {
    id: text('id').primaryKey(),
    digest: text('digest').notNull().unique(),
    userId: text('user_id').notNull(),
    madeBy: text('made_by').notNull(),
    madeAt: when('made_at').notNull(),
    expiresAt: when('expires_at').notNull(),
    usedAt: when('used_at'),
    replacedAt: when('replaced_at'),
  },
  (t) => [index('setup_link_user').on(t.userId)],
)

/** Failures, by the digest of what they are counted for: neither names nor addresses stand here. */
export const attempt = accounts.table(
  'attempt',
  {
    key: text('key').primaryKey(),
    failures: integer('failures').notNull(),
    lockedUntil: long('locked_until').notNull(),
    lastAt: long('last_at').notNull(),
    /** A success is remembered so long; 0 for none. */
    knownUntil: long('known_until').notNull(),
    /** From then on the row says nothing any more. */
    uselessAt: long('useless_at').notNull(),
  },
  (t) => [index('attempt_useless').on(t.uselessAt)],
)

/** The last time step a TOTP code was taken for: no code counts twice. */
export const totpStep = accounts.table('totp_step', {
  userId: text('user_id').primaryKey(),
  step: long('step').notNull(),
})

/** Accepted acts on accounts (账号操作记录): written with the act, never changed. No names: they would outlive the account. */
export const accountAct = accounts.table(
  'account_act',
  {
    id: long('id').primaryKey().generatedAlwaysAsIdentity(),
    at: long('at').notNull(),
    act: text('act').$type<AccountActKind>().notNull(),
    /** Whose; `person` is `''` where it is nobody's of a roster. */
    account: text('account').notNull(),
    person: text('person').$type<PersonId | ''>().notNull(),
    /** Who: `''` where nobody was signed in. */
    byAccount: text('by_account').notNull(),
    byPerson: text('by_person').$type<PersonId | ''>().notNull(),
    byRight: text('by_right').$type<ActRight>().notNull(),
    /** A JSON list, as it was then; empty: every township's inspectors read it. */
    townships: text('townships').notNull(),
  },
  (t) => [index('account_act_account').on(t.account), index('account_act_person').on(t.person)],
)

/** Which acts the person has been shown since. */
export const accountActSeen = accounts.table('account_act_seen', {
  act: long('act').primaryKey(),
})
