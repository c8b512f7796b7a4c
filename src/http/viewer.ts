// Who looks: a signed-in account, the person it stands for, and the offices that person holds now.
import type { OfficeId, OrganisationId, Origin, PersonId } from '../domain/ids.ts'
import type { OfficeKind } from '../domain/office.ts'

export interface HeldOffice {
  readonly office: OfficeId
  readonly kind: OfficeKind
  readonly organisation: OrganisationId
  /** Whose roster it stands in. */
  readonly ledger: Origin
  /** Set where it is held by a mandate of another. */
  readonly mandate?: string
}

/** How the person proved who they are, for `by.auth` of what they do. */
export type Proof = 'password' | 'password+totp'

export interface Viewer {
  readonly account: string
  readonly person: PersonId
  readonly administrator: boolean
  readonly proof: Proof
  /** Milliseconds since 1970 of the last fresh proof; 0 for none. */
  readonly provedAt: number
  /** Must set up one-time codes before anything else. */
  readonly mustEnrol: boolean
  readonly offices: readonly HeldOffice[]
  /** Villages whose matters they may see: by an office there, as a member, or by an office over them. */
  readonly sees: ReadonlySet<Origin>
  /** The township whose office they hold. */
  readonly township: Origin | undefined
}

const disciplineOffices: readonly OfficeKind[] = ['inspector', 'disciplineSecretary']

export const isOfDiscipline = ({ offices }: Viewer): boolean =>
  offices.some(({ kind }) => disciplineOffices.includes(kind))
