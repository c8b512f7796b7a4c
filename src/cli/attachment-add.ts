// attachment add: files the operator has, for a ledger. What is in them is looked at as at every other door.
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { bring, type NotBrought } from '../app/attachments/bring.ts'
import { fileNameSchema } from '../app/attachments/names.ts'
import { type AttachmentStore, mediaOfName } from '../domain/attachment.ts'
import type { Origin } from '../domain/ids.ts'
import type { Sentence } from '../domain/language.ts'
import { withAttachments } from './attachments.ts'
import { fault, isOfSystem, systemCode } from './faults.ts'
import { chosenLedgers, type Session } from './session.ts'

interface Wanted {
  readonly ledger: string
  readonly files: readonly string[]
}

const why: Readonly<Record<NotBrought['no'] | 'unknown' | 'named', Sentence>> = {
  unknown: { zh: '不是可以上传的格式', en: 'is of no format that is taken' },
  named: { zh: '文件名不能用', en: 'has a name that cannot be used' },
  tooLarge: { zh: '太大（上限20 MiB）', en: 'is too large (20 MiB at most)' },
  empty: { zh: '是空的', en: 'is empty' },
  disguised: { zh: '内容与后缀不符', en: 'is not what its name says' },
  misnamed: { zh: '内容与后缀不符', en: 'is not what its name says' },
  erased: { zh: '已依法删除，不再收存', en: 'was erased by law and is not taken again' },
  tooMuchUnnamed: { zh: '未使用的附件太多', en: 'comes on top of too many that nothing names' },
}

/** Exit 1 when any of them was not taken; the others are. */
export async function attachmentAdd(session: Session, { ledger, files }: Wanted): Promise<0 | 1> {
  session.requireData()
  const origin = await session.reading((reading) =>
    Promise.resolve(chosenLedgers(reading, ledger)[0]?.origin),
  )
  if (origin === undefined) throw fault('notFound', { what: ledger })
  const told = await withAttachments(session, {}, async (store) => {
    const all = []
    for (const file of files) all.push(await added(store, origin, file))
    return all
  })
  session.print(told, () =>
    told.map((one) =>
      'no' in one
        ? `✗ ${one.file} ${session.say(why[one.no])}`
        : `✓ ${one.sha256} ${one.media} ${one.size} ${one.file}`,
    ),
  )
  return told.every((one) => !('no' in one)) ? 0 : 1
}

async function added(store: AttachmentStore, ledger: Origin, file: string) {
  const name = basename(file)
  const media = mediaOfName(name)
  if (media === undefined) return { file, no: 'unknown' } as const
  if (!fileNameSchema.safeParse(name).success) return { file, no: 'named' } as const
  const stream = createReadStream(file)
  try {
    const source = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
    const outcome = await bring(store, source, { ledger, media, name })
    if ('no' in outcome) return { file, no: outcome.no }
    const { sha256, size } = outcome.kept
    return { file, sha256, size, media }
  } catch (cause) {
    if (!isOfSystem(cause)) throw cause
    throw fault('fileUnreadable', { path: file, detail: systemCode(cause) }, { cause })
  } finally {
    stream.destroy()
  }
}
