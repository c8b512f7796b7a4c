// Reading a township file: text in, the file or everything that is wrong with it.
import { type TownshipFault, townshipFault } from './faults.ts'
import { type TownshipFile, townshipFileSchema } from './file.ts'
import { faultOfIssue } from './issues.ts'
import { crossCheck } from './references.ts'

export type ReadTownshipFile =
  | { readonly file: TownshipFile }
  | { readonly faults: readonly TownshipFault[] }

/** Everything that is wrong is told at once, each with its place; nothing is guessed or repaired. */
export function readTownshipFile(content: string): ReadTownshipFile {
  let raw: unknown
  try {
    raw = JSON.parse(content.replace(/^\uFEFF/, ''))
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { faults: [townshipFault('jsonMalformed', [], { detail })] }
  }
  const parsed = townshipFileSchema.safeParse(raw)
  if (!parsed.success) {
    return { faults: parsed.error.issues.map((issue) => faultOfIssue(issue, raw)) }
  }
  const faults = crossCheck(parsed.data)
  return faults.length === 0 ? { file: parsed.data } : { faults }
}
