// What the store is given to fold and to project with: the law on one side, the read tables on the other.
import { folds } from '../../workflows/versions.ts'
import type { Workings } from '../domain/store.ts'
import { project } from './projections/project.ts'

export const workings: Workings = { folds, project }
