// A task (待办) as a row: one a desk and act of its stream.
import type { ProjectedRow, TaskRow } from '../../domain/projection.ts'

export const taskRow = (row: TaskRow): ProjectedRow => ({
  table: 'task',
  key: `${row.act} ${row.desk}`,
  row,
})
