// init: a township from one file, or the bundled one.
import { bundledTownship } from '../app/demo/bundle.ts'
import { sayTownshipFault, type TownshipFault } from '../app/township/faults.ts'
import type { TownshipFile } from '../app/township/file.ts'
import { type Founded, foundTownship } from '../app/township/found.ts'
import { mintIds } from '../app/township/ids.ts'
import { readTownshipFile } from '../app/township/read.ts'
import { fault } from './faults.ts'
import { readText } from './files.ts'
import { inUnfounded } from './installation.ts'
import { openData } from './open-data.ts'
import { withPersons } from './persons.ts'
import type { Session } from './session.ts'
import { table } from './table.ts'
import { words } from './words.ts'

export interface InitOptions {
  readonly demo?: boolean
}

/** Exit 1 when the file has faults: all of them are told, and nothing is made. */
export async function init(
  session: Session,
  file: string | undefined,
  options: InitOptions,
): Promise<0 | 1> {
  if ((file === undefined) === (options.demo !== true)) {
    throw fault('usage', { detail: 'init FILE | init --demo' })
  }
  const read =
    file === undefined
      ? { file: await bundledTownship() }
      : readTownshipFile(await readText(session, file))
  if ('faults' in read) return tellFaults(session, file ?? '--demo', read.faults)
  try {
    const founded = await inUnfounded(session, (made) => found(made, read.file))
    tellFounded(session, founded)
    return 0
  } catch (error) {
    if (!(error instanceof NotFounded)) throw error
    return tellFaults(session, file ?? '--demo', error.faults)
  }
}

/** Ends the making of the directory, so that nothing of it stays. */
class NotFounded extends Error {
  readonly faults: readonly TownshipFault[]

  constructor(faults: readonly TownshipFault[]) {
    super('the township was not founded')
    this.faults = faults
  }
}

type Made = Founded & { readonly vkeys: ReadonlyMap<string, string> }

async function found(session: Session, file: TownshipFile): Promise<Made> {
  const { now, random } = session.world
  const keys = session.keys()
  return openData(session, { keys }, ({ store }) =>
    withPersons(session, {}, async (vault) => {
      const founded = await foundTownship({ store }, file, {
        vault,
        mint: mintIds({ random, clock: now }),
        clock: now,
        vkey: keys.create,
      })
      if ('faults' in founded) throw new NotFounded(founded.faults)
      const origins = [founded.township, ...founded.villages]
      return { ...founded, vkeys: new Map(origins.map((origin) => [origin, keys.vkey(origin)])) }
    }),
  )
}

function tellFounded(session: Session, { township, villages, vkeys }: Made): void {
  const word = words[session.language]
  const { data, keys, heads } = session.paths
  const ledgers = [township, ...villages].map((origin) => ({
    origin,
    vkey: vkeys.get(origin) ?? '',
  }))
  session.print({ data, keys, heads, ledgers }, () => [
    session.say({ zh: `✓ 已在 ${data} 建账`, en: `✓ Founded in ${data}` }),
    ...table(
      [{ title: word.ledger }, { title: word.vkey }],
      ledgers.map(({ origin, vkey }) => [origin, vkey]),
    ),
    session.say({
      zh: `请把公钥交给镇纪委保存；密钥在 ${keys}，请另行备份`,
      en: `Give the verifier keys to the discipline committee; the signing keys are in ${keys}: back them up apart`,
    }),
  ])
}

function tellFaults(session: Session, path: string, faults: readonly TownshipFault[]): 1 {
  const lines = faults.map((one) => sayTownshipFault(one, session.language))
  session.print(
    { founded: false, faults: faults.map((one, i) => ({ ...one, text: lines[i] })) },
    () => [
      session.say({
        zh: `${path} 有 ${faults.length} 处错误：`,
        en: `${faults.length} faults in ${path}:`,
      }),
      ...lines.map((line) => `✗ ${line}`),
    ],
  )
  return 1
}
