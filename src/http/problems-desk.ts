// What the door says of drafts and imports.
import { kind, type ProblemKind } from './problem-kind.ts'

/** `{places}` are filled from the params. */
export const deskProblems = {
  revisionMissing: kind(
    428,
    ['没有说明依据的是哪一版', 'It is not said which revision this was made from'],
    ['请在 If-Match 中写明读到的 ETag', 'Name the ETag that was read in If-Match'],
  ),
  draftStale: kind(
    412,
    ['草稿在别处已保存为第{revision}版', 'The draft was saved elsewhere, as revision {revision}'],
    ['请重新载入，再合并您的修改', 'Load it again and put your changes into it'],
  ),
  draftBusy: kind(
    409,
    ['草稿正在提交', 'The draft is being submitted'],
    ['请等待结果', 'Wait for the answer'],
  ),
  draftSubmitted: kind(
    409,
    ['草稿已提交为申请 {request}', 'The draft was submitted as request {request}'],
    ['请打开该申请', 'Open that request'],
  ),
  draftsFull: kind(
    409,
    ['您的草稿已有{limit}份', 'You have {limit} drafts already'],
    ['请先删除不用的草稿', 'Delete those you do not need'],
  ),
  sheetUnfit: kind(
    422,
    ['这个文件不能导入（{count}处）', 'This file cannot be imported ({count} faults)'],
    ['请按各处说明更正后重新上传', 'Mend what each fault says and upload it again'],
  ),
  importChanged: kind(
    409,
    ['确认的不是所显示的内容', 'What is confirmed is not what was shown'],
    ['请重新查看后再确认', 'Look at it again, then confirm it'],
  ),
  importEmpty: kind(
    409,
    ['没有一行可以导入', 'There is no row that could be imported'],
    ['请更正后重新上传', 'Mend it and upload it again'],
  ),
  importBusy: kind(
    409,
    ['正在导入', 'The import is under way'],
    ['请等待结果', 'Wait for the answer'],
  ),
} as const satisfies Record<string, ProblemKind>
