// lot: the lot of a round drawn again from public data, from the database or from an exported folder alone.
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { nodeCrypto } from '../app/crypto.ts'
import { type Compared, LotRedraw, type Redrawn } from '../app/lot.ts'
import { entryBytesOf } from '../app/read/entries.ts'
import { inspectionIdSchema } from '../domain/ids.ts'
import type { Sentence } from '../domain/language.ts'
import { parseCheckpointText } from '../ledger/checkpoint.ts'
import { FormatError } from '../ledger/error.ts'
import { splitNote } from '../ledger/note.ts'
import { decodeEntryBundle, tilePath, tilesOf } from '../ledger/tiles.ts'
import { fault } from './faults.ts'
import { reading } from './files.ts'
import { chosenLedgers, type Session } from './session.ts'
import { pairs } from './table.ts'
import { words } from './words.ts'

export interface LotOptions {
  readonly ledger?: string
  readonly inspection: string
  readonly export?: string
}

/** Exit 0 when everything comes out as it was recorded, 1 when not. */
export async function lot(session: Session, options: LotOptions): Promise<0 | 1> {
  const inspection = inspectionIdSchema.safeParse(options.inspection)
  if (!inspection.success) throw fault('notFound', { what: options.inspection })
  const again = new LotRedraw(nodeCrypto, inspection.data)
  if (options.export === undefined) await fromDatabase(session, options, again)
  else await fromExport(session, options.export, again)
  const redrawn = again.redrawn()
  if (redrawn === undefined) throw fault('notFound', { what: options.inspection })
  session.print(redrawn, () => lines(session, redrawn))
  return redrawn.equal ? 0 : 1
}

async function fromDatabase(
  session: Session,
  { ledger }: LotOptions,
  again: LotRedraw,
): Promise<void> {
  if (ledger === undefined) throw fault('usage', { detail: 'lot --ledger | --export' })
  await session.reading(async (data) => {
    const [chosen] = chosenLedgers(data, ledger)
    if (chosen === undefined) return
    for (const bytes of entryBytesOf(data.ledgers, chosen.origin)) again.take(bytes)
  })
}

/** Whether the folder is the ledger's own, `verify --export` tells; here it is read as it lies there. */
async function fromExport(session: Session, named: string, again: LotRedraw): Promise<void> {
  const folder = resolve(session.world.cwd, named)
  const read = (path: string) => reading(named, () => readFile(join(folder, path)))
  try {
    const note = new TextDecoder().decode(await read('checkpoint'))
    const { size } = parseCheckpointText(splitNote(note).text)
    for (const { level, index, width } of tilesOf(size)) {
      if (level !== 'entries') continue
      const bundle = await read(tilePath(level, index, width))
      for (const bytes of decodeEntryBundle(new Uint8Array(bundle), width)) again.take(bytes)
    }
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause
    throw fault('fileMalformed', { path: named, detail: cause.code }, { cause })
  }
}

const titles = {
  population: { zh: '应查申请摘要', en: 'population digest' },
  commitment: { zh: '密值承诺', en: 'commitment to the secret' },
  size: { zh: '抽签检查点', en: 'checkpoint of the draw' },
  root: { zh: '检查点的根', en: 'its root' },
  seed: { zh: '种子', en: 'seed' },
  lot: { zh: '抽签结果', en: 'lot' },
} as const satisfies Record<string, Sentence>

function lines(session: Session, redrawn: Redrawn): readonly string[] {
  const { population, populationDigest, draw, equal, ledger, inspection, drawAfter } = redrawn
  const word = words[session.language]
  const say = (title: keyof typeof titles): string => session.say(titles[title])
  const head = pairs([
    [word.ledger, ledger],
    [word.population, String(population.length)],
    [say('population'), told(populationDigest)],
  ])
  if (draw === undefined) {
    const waiting = {
      zh: `尚未抽签（${drawAfter}之后）`,
      en: `not drawn yet (after ${drawAfter})`,
    }
    return [inspection, '', ...head, '', session.say(waiting)]
  }
  const { recorded, again } = draw.lot
  return [
    inspection,
    '',
    ...head,
    ...pairs([
      [say('commitment'), told(draw.commitment)],
      [say('size'), told(draw.size)],
      [say('root'), told(draw.root)],
      [say('seed'), told(draw.seed)],
    ]),
    '',
    ...again.map((request, i) => {
      const here = recorded[i]
      const differs = request === here ? '' : `  ✗ ${here ?? '—'}`
      return `${String(i + 1).padStart(3)}  ${request}${differs}`
    }),
    '',
    session.say(
      equal
        ? { zh: '✓ 重新抽签，结果相同', en: '✓ Drawn again, it is the same' }
        : { zh: '✗ 重新抽签，结果不同', en: '✗ Drawn again, it is not the same' },
    ),
  ]
}

const told = <T>({ recorded, again, equal }: Compared<T>): string =>
  equal ? `✓ ${String(again)}` : `✗ ${String(again)} ≠ ${String(recorded)}`
