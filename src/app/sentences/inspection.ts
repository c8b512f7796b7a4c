// What happens in an inspection, told.
import type { InspectionEvent } from '../../../workflows/inspection/v1/events.ts'
import { faults, findingKinds } from '../../domain/finding.ts'
import type { Sentence } from '../../domain/language.ts'
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
  'inspection.drawn': told('抽签', 'drew the lot', ({ lot }) => papers(lot.count)),
  'inspection.lotListed': told('抽签结果', 'The lot', ({ requests }) => plain(requests.join(' '))),
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
  'inspection.cancelled': told('取消检查', 'cancelled the inspection', reason),
  'finding.raised': told('提出问题', 'raised a finding', ({ finding, given, dueOn }) => ({
    zh: `${finding} ${faults[given.fault].zh}（${findingKinds[given.kind].zh}），期限${dueOn}`,
    en: `${finding} ${faults[given.fault].en} (${findingKinds[given.kind].en}), due ${dueOn}`,
  })),
  'finding.answered': told('报告整改', 'answered a finding', ({ given }) =>
    plain(`${given.finding} ${given.text}`),
  ),
  'finding.verified': told('核实销号', 'closed a finding out', ({ given }) =>
    plain(`${given.finding} ${given.remark}`),
  ),
  'finding.reopened': told('退回整改', 'reopened a finding', ({ given }) =>
    plain(`${given.finding} ${given.reason}`),
  ),
}
