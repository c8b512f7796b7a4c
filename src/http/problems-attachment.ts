// What is said of files that are not taken, or not given.
import { kind, type ProblemKind } from './problem-kind.ts'

export const attachmentProblems = {
  attachmentEmpty: kind(
    422,
    ['附件是空的', 'The file is empty'],
    ['请重新选择文件', 'Choose the file again'],
  ),
  attachmentDisguised: kind(
    415,
    ['附件内容不是所报的 {declared}', 'What is in the file is not {declared} as it is said to be'],
    [
      '只接受 PDF、OFD、XML、JPEG、PNG、HEIC、XLSX、DOCX 原件；请核对文件',
      'PDF, OFD, XML, JPEG, PNG, HEIC, XLSX and DOCX are taken; look at the file',
    ],
  ),
  attachmentMisnamed: kind(
    422,
    ['文件名的后缀与 {declared} 不符', 'The end of the file name does not fit {declared}'],
    ['请改成 {extensions}', 'Name it {extensions}'],
  ),
  attachmentErased: kind(
    410,
    ['附件已依法删除', 'The file was erased by law'],
    [
      '账本仍记有其摘要；如需查阅请向镇三资中心说明',
      'Its digest stays in the ledger; ask the three-assets centre',
    ],
  ),
  attachmentsUnnamed: kind(
    409,
    ['您上传后尚未使用的附件太多', 'You brought too many files that nothing names yet'],
    ['请先办理用到这些附件的事项', 'Use them first; what is never used goes after 30 days'],
  ),
  attachmentsNoRoom: kind(
    507,
    ['服务器磁盘快满了，暂不接收附件', 'The disk is nearly full: no files are taken for now'],
    ['请告知管理员；其他事项可照常办理', 'Tell the operator; everything else can be done'],
  ),
  attachmentAltered: kind(
    409,
    [
      '附件内容与账本所记摘要不符，不予提供',
      'The file is not what its digest says and is not given out',
    ],
    [
      '请立即告知管理员，由备份恢复原件；恢复前以账本为准',
      'Tell the operator at once to restore it from a backup; until then the ledger counts',
    ],
  ),
  attachmentNotKept: kind(
    404,
    ['本账本没有存这份附件', 'This file is not kept here'],
    ['请向经办人索取原件并上传', 'Let whoever has the original bring it'],
  ),
} as const satisfies Record<string, ProblemKind>
