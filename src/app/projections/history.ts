// How long the musts of a request took, and what it was sent back for, as rows.
import type { Request } from '../../../workflows/request/v1/fold.ts'
import type { Return, Stay } from '../../../workflows/request/v1/record-history.ts'
import type { ProjectedRow } from '../../domain/projection.ts'
import { dateAt, msOf } from '../../domain/time.ts'
import { remembered } from './remembered.ts'

export const stayRows = remembered<readonly Stay[], readonly ProjectedRow[]>(
  (id, { history }) =>
    history.stays.map(({ must, round, from, to, how }, place): ProjectedRow => ({
      table: 'stay',
      key: String(place).padStart(4, '0'),
      row: {
        request: id,
        must,
        round,
        seconds: Math.round((msOf(to) - msOf(from)) / 1000),
        leftOn: dateAt(to),
        how,
      },
    })),
  ({ history }) => history.stays,
  () => '',
)

export const returnRows = remembered<readonly Return[], readonly ProjectedRow[]>(
  (id, { history }: Request) =>
    history.returns.flatMap(({ from, fields, on }, number) =>
      (fields.length === 0 ? [''] : fields).map((field): ProjectedRow => ({
        table: 'requestReturn',
        key: `${String(number).padStart(4, '0')} ${field}`,
        row: { request: id, number, place: from, field, returnedOn: on },
      })),
    ),
  ({ history }) => history.returns,
  () => '',
)
