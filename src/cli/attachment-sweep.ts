// attachment sweep: what nobody named within a month goes, and what crashes left.
import { sweepAttachments } from '../app/attachments/upkeep.ts'
import { withAttachments } from './attachments.ts'
import { withDesk } from './desk.ts'
import type { Session } from './session.ts'

export async function attachmentSweep(session: Session): Promise<void> {
  session.requireData()
  const swept = await withAttachments(session, {}, (files) =>
    withDesk(session, (desk) =>
      session.reading(({ ledgers }) =>
        sweepAttachments({ files, desk, ledgers, clock: session.world.now }),
      ),
    ),
  )
  session.print(swept, () => [
    session.say({
      zh: `已清除：无人用到的附件${swept.orphans}份，中断留下的文件${swept.unknown}个`,
      en: `Removed: ${swept.orphans} files no entry names, ${swept.unknown} left by crashes`,
    }),
  ])
}
