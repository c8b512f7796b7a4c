// The files shipped with the demonstration: an invented township, and a sample year of its companies' requests.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TownshipFile } from '../township/file.ts'
import { readTownshipFile } from '../township/read.ts'

const here = (name: string): string => join(import.meta.dirname, name)

/** 八里镇 and three of its villages: no real place, person, account or number. */
export async function bundledTownship(): Promise<TownshipFile> {
  const read = readTownshipFile(await readFile(here('township.json'), 'utf8'))
  if ('faults' in read)
    throw new Error(`the bundled township is broken: ${JSON.stringify(read.faults)}`)
  return read.file
}

/** The sample year as accountants export it (UTF-8 with a mark). */
export const bundledYear = (): Promise<Uint8Array> => readFile(here('requests-2025.csv'))
