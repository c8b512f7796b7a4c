// An emergency (抢险应急) of 60,000: both meetings deferred, the filing required. Walked as far as a test needs.
import { digest, type Asking, type LawWorld } from './law.ts'
import { book, order, record } from './request-acts.ts'
import { all, asked, because, founded, submit, walk } from './request-cast.ts'
import type { Change } from './request-rows.ts'

export const flood = { cause: 'flood', declaration: digest('抢险应急决定') }
export const inFlood: Change = { amount: '60000.00', emergency: flood }

export const consentAlone = asked('townshipFiling.emergencyConsent', 'officer', because)
export const confirmIt = asked('townshipFiling.confirm', 'head', because)
export const refuseIt = asked('townshipFiling.refuseConfirmation', 'head', because)
export const lapseIt = asked('confirmation.lapse', 'clerk')
export const notify = asked('emergency.notify', 'clerk', {
  how: '村务公开栏张贴、微信群通知',
  notice: digest('告知书'),
})
export const lapseRatification = asked('ratification.lapse', 'clerk')
const closing = (office: string, finding: string, change: object): Asking =>
  asked('automaticFinding.close', office, {
    finding,
    ...because,
    evidence: digest('整改材料'),
    ...change,
  })
/** All of it came back. */
export const closeFinding = (office: string, finding = 'auto-1', change: object = {}): Asking =>
  closing(office, finding, {
    recovered: { amount: '60000.00', bankReference: 'HZ20260501009', receivedOn: '2026-03-02' },
    ...change,
  })
/** One that asks for no money, or says why none came back. */
export const closeWithout = (office: string, finding = 'auto-1', change: object = {}): Asking =>
  closing(office, finding, change)
export const answerFinding = (office: string, finding = 'auto-1'): Asking =>
  asked('automaticFinding.answer', office, { finding, text: '手续已补办，款项已退回' })

/** Submitted, issued, signed by the supervisors: with the township. */
export function filed(change: Change = {}): LawWorld {
  const world = founded()
  submit(world, { ...inFlood, ...change })
  return walk(world, 'townshipFiling.open')
}
/** One duty officer consented: payable. */
export const consented = (): LawWorld => all(filed(), consentAlone)
/** Paid and booked: to be ratified, the head's word still out. */
export const booked = (): LawWorld => all(consented(), order, record, book)
/** The same, confirmed. */
export const toRatify = (): LawWorld => all(consented(), confirmIt, order, record, book)
