// What happens in an inspection, told.
import type { InspectionEvent } from '../../../workflows/inspection/v1/events.ts'
import { faults, findingKinds } from '../../domain/finding.ts'
import type { Sentence } from '../../domain/language.ts'
import { grouped } from '../../domain/money.ts'
import { plain, type Tellings, told } from './telling.ts'

const reason = ({ given }: { readonly given: { readonly reason: string } }): Sentence =>
  plain(given.reason)

const papers = (count: number): Sentence => ({ zh: `${count}笔`, en: `${count} requests` })

export const inspectionTellings: Tellings<InspectionEvent> = {
  'inspection.planned': told('制定检查计划', 'planned the inspection', ({ given }) =>
    plain(`${given.period.from} – ${given.period.to}`),
  ),
  'inspection.noticed': told('发出检查通知', 'gave notice', ({ given, population, sample }) => ({
    zh: `${given.startsOn}起，应查${population.count}笔，抽查${sample}笔`,
    en: `from ${given.startsOn}, ${population.count} requests, a sample of ${sample}`,
  })),
  'inspection.drawn': told('抽签', 'drew the lot', ({ lot, red }) => ({
    zh: `${papers(lot.count).zh}，另有红色预警${red.count}笔必查`,
    en: `${papers(lot.count).en}, and ${red.count} with a red alert`,
  })),
  'inspection.lotListed': told('抽签结果', 'The lot', ({ requests }) => plain(requests.join(' '))),
  'inspection.redListed': told('红色预警必查', 'Red alerts, examined as well', ({ requests }) =>
    plain(requests.join(' ')),
  ),
  'inspection.picked': told('指定加查', 'picked more', ({ given }) =>
    plain(given.picks.map(({ request, reason: why }) => `${request}（${why}）`).join('、')),
  ),
  'inspection.started': told('开始检查', 'started the inspection'),
  'inspection.covered': told('登记检查覆盖', 'recorded coverage', ({ given }) => ({
    zh: `核查${given.examined.length}笔、其余${given.notExamined.length}笔`,
    en: `${given.examined.length} examined, ${given.notExamined.length} others`,
  })),
  'inspection.concluded': told('结束检查', 'concluded the inspection', (body) => ({
    zh: `覆盖${body.covered}笔、核查${body.examined}笔、问题${body.findings}个`,
    en: `${body.covered} covered, ${body.examined} examined, ${body.findings} findings`,
  })),
  'inspection.teamChanged': told('调整检查组', 'changed the team', ({ given }) => ({
    zh: `${given.inspectors.length}人，${given.reason}`,
    en: `${given.inspectors.length} inspectors, ${given.reason}`,
  })),
  'inspection.cancelled': told('取消检查', 'cancelled the inspection', reason),
  'finding.raised': told('提出问题', 'raised a finding', ({ finding, given, dueOn }) => ({
    zh: `${finding} ${faults[given.fault].zh}（${findingKinds[given.kind].zh}），期限${dueOn}`,
    en: `${finding} ${faults[given.fault].en} (${findingKinds[given.kind].en}), due ${dueOn}`,
  })),
  'finding.answered': told('报告整改', 'answered a finding', ({ given }) => {
    const { finding, text, training } = given
    const zh = training === undefined ? '' : `，${training.on}培训${training.persons}人`
    const en =
      training === undefined ? '' : `, ${training.persons} persons trained on ${training.on}`
    return { zh: `${finding} ${text}${zh}`, en: `${finding} ${text}${en}` }
  }),
  'finding.verified': told('核实销号', 'closed a finding out', ({ given }) => {
    const { finding, remark, demand, referral, shortfall } = given
    return plain(
      `${finding} ${remark}`,
      ...(demand === undefined ? [] : [demand.document]),
      ...(referral === undefined ? [] : [`${referral.document} → ${referral.to}`]),
      ...(shortfall === undefined ? [] : [shortfall]),
    )
  }),
  'finding.reviewed': told('回头看：整改保持', 'looked again: it has lasted', ({ given }) =>
    plain(`${given.round} ${given.finding} ${given.remark}`),
  ),
  'recovery.recorded': told('登记追回资金', 'recorded money brought back', ({ given }) => ({
    zh: `${given.finding} ${grouped(given.amount)}元，${given.receivedOn}，${given.bankReference}`,
    en: `${given.finding} ${grouped(given.amount)} yuan, ${given.receivedOn}, ${given.bankReference}`,
  })),
  'finding.reopened': told('退回整改', 'reopened a finding', ({ given }) =>
    plain(`${given.finding} ${given.reason}`),
  ),
}
