// What stands beside the decisions: urging, questions (law 7.17).
import { guard, plain, type RefusalKind } from './kind.ts'

export const besideRefusals = {
  nothingWaits: plain(
    '现在（{state}）没有人需要办理，无人可催',
    'Nobody has to act now ({state}): there is nobody to urge',
    '等到下一环节再催办',
    'Urge once it waits for somebody',
  ),
  urgedAlready: guard(
    '已催办过，{next}之后方可再催',
    'They were urged already; again from {next}',
    '请稍后再催，或直接联系',
    'Wait until then, or call them',
  ),
  questionAnswered: plain(
    '问题{question}已答复',
    'Question {question} has been answered',
    '如仍有疑问，请另提问题',
    'Put another question if something is still open',
  ),
  questionNotYours: guard(
    '问题{question}不是向您的职务提出的',
    'Question {question} was put to another office',
    '由被询问的职务答复；您可以发表意见',
    'Let the office answer that was asked; you may comment',
  ),
  tooManyQuestions: plain(
    '一份申请最多提{max}个问题',
    'No more than {max} questions on one request',
    '请电话沟通，或退回申请',
    'Call them, or return the request',
  ),
} as const satisfies Record<string, RefusalKind>
