// attachment erase: a file goes by law, beyond recovery in every copy; that it went, when, why and by whose leave stays.
import { sha256HexSchema } from '../domain/ids.ts'
import { withAttachments } from './attachments.ts'
import { fault } from './faults.ts'
import { chosenLedgers, type Session } from './session.ts'

export interface EraseOptions {
  readonly basis: string
  readonly approver: string
}

interface Wanted extends EraseOptions {
  readonly ledger: string
  readonly sha256: string
}

/** @throws CliFault `valueMalformed`, `notFound` */
export async function attachmentErase(session: Session, wanted: Wanted): Promise<void> {
  session.requireData()
  const { ledger, basis, approver } = wanted
  const parsed = sha256HexSchema.safeParse(wanted.sha256)
  if (!parsed.success) {
    const detail = { option: 'sha256', found: wanted.sha256, expected: '64 × 0-9a-f' }
    throw fault('valueMalformed', detail)
  }
  const sha256 = parsed.data
  const origin = await session.reading((reading) =>
    Promise.resolve(chosenLedgers(reading, ledger)[0]?.origin),
  )
  const erased = await withAttachments(session, {}, async (files) =>
    origin === undefined ? false : files.erase(origin, sha256, { basis, approver }),
  )
  if (!erased) throw fault('notFound', { what: sha256 })
  session.print({ sha256, erased: true }, () => [
    session.say({
      zh: `已依法删除：内容、文件名与密钥都不可恢复；账本中的摘要不变，核验照常通过`,
      en: `Erased: its content, name and key cannot be recovered; the digest in the ledger stays and verification passes as before`,
    }),
  ])
}
