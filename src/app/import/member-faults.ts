// What can be wrong with a sheet of members. A household is taken whole or not at all.
import { type FaultKind, kind } from './fault-kind.ts'

export const memberFaults = {
  memberOnRoll: kind(
    '名册上已有同名社员',
    'A member of this name is on the roll already',
    '如是同一人请删去本行；同名不同人请填写联系电话',
    'Delete the row if it is the same person; give a phone number if it is another',
  ),
  memberTwice: kind(
    '与第{to}行同名，看不出是不是同一人',
    'The same name as in row {to}: nobody can tell whether it is the same person',
    '如是同一人请删去一行；同名不同人请填写联系电话',
    'Delete one row if it is the same person; give phone numbers if they are two',
  ),
  householdIncomplete: kind(
    '同户第{to}行有错误，整户未导入',
    'Row {to} of the same household is wrong, so the whole household is left out',
    '请更正该行',
    'Mend that row',
  ),
  householdTooLarge: kind(
    '一户超过{limit}人',
    'A household of more than {limit}',
    '请核对户号',
    'Check the number of the household',
  ),
  capacityUnknown: kind(
    '行为能力应为“完全”或“限制”',
    'The capacity is 完全 (full) or 限制 (limited)',
    '请从中选择，或留空按年龄计算',
    'Choose one, or leave it empty: then age decides',
  ),
  capacityImpossible: kind(
    '未满16周岁不可能是完全行为能力',
    'Nobody under 16 is of full capacity',
    '请核对出生日期和行为能力',
    'Check the birthday and the capacity',
  ),
  birthdayAhead: kind(
    '出生日期在将来',
    'The birthday is in the future',
    '请核对出生日期',
    'Check the birthday',
  ),
  yesNoUnknown: kind('应为“是”或“否”', 'It is 是 (yes) or 否 (no)', '请从中选择', 'Choose one'),
  phoneMalformed: kind(
    '联系电话格式不对',
    'This is no phone number',
    '请写成 5 至 20 位数字，可含 + - 和空格',
    'Write 5 to 20 digits, with + - and spaces where needed',
  ),
} as const satisfies Record<string, FaultKind>
