// What an alert is about, so that one dismissed is raised again when that has changed (law 10.5).
import type { PersonId } from '../../../src/domain/ids.ts'
import type { Submission } from '../../../src/domain/request.ts'

/** What an alert is about: whom the money goes to, how much, and who of the organs is near to it. */
export const aboutOf = ({
  form: { payee, amount },
  relatedPersons,
}: {
  readonly form: Submission
  readonly relatedPersons: readonly PersonId[]
}): string => JSON.stringify([payee, amount, [...relatedPersons].sort()])
