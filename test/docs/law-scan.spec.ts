// What the reference says of an act is read out of the law's source: no refusal, office or policy key too many or too few,
// told here by hand for acts of every workflow. The exploration holds it to what the law answers (test/law).
import { describe, expect, test } from 'vitest'
import { unattributed } from '../../scripts/law-page.ts'
import { scanned } from '../../scripts/law-scan.ts'
import { workflows } from '../../workflows/versions.ts'

const commands = workflows.flatMap(({ acts }) => [...acts.keys()])
const scan = (workflow: string, command: string) => {
  const { refusals, offices, keys } = scanned(workflow, command, commands)
  return { refusals: [...refusals], offices: [...offices].toSorted(), keys: [...keys].toSorted() }
}

describe('refusals', () => {
  test.each([
    [
      'request@1',
      'request.issue',
      ['issuersNotThree', 'notOpen', 'suspended'],
      ['wrongEntity', 'notYourSeat', 'officerIsHead'],
    ],
    [
      'request@1',
      'request.handle',
      ['notYourSeat', 'notOpen'],
      ['issuersNotThree', 'calendarMissing'],
    ],
    [
      'request@1',
      'request.submit',
      ['guaranteeForbidden', 'authorityExceeded', 'calendarMissing'],
      ['suspended', 'notOpen', 'nothingChanged'],
    ],
    ['request@1', 'townshipFiling.accept', ['ownHandling', 'decidesTwice'], ['officerIsHead']],
    ['request@1', 'townshipFiling.consent', ['officerIsHead', 'decidesTwice'], ['cashierConflict']],
    [
      'request@1',
      'booking.record',
      ['wrongEntity', 'cashierConflict'],
      ['paidBeforeOrder', 'dateInFuture'],
    ],
    [
      'meeting@1',
      'meeting.close',
      ['countersignMissing', 'minutesUnsigned'],
      ['mustRecuse', 'decidesTwice'],
    ],
    [
      'meeting@1',
      'ballot.cast',
      ['mustRecuse', 'recused', 'alreadyVoted'],
      ['tellerUnfit', 'noticeTooShort'],
    ],
    ['inspection@1', 'finding.verify', ['closeOutBySame'], ['drawTooEarly']],
    ['policy@1', 'policy.propose', ['looserThanFloor', 'raiseNeedsReason'], ['endorserTwice']],
    ['roster@1', 'office.appoint', ['supervisorIncompatible', 'ownAppointment'], ['officeVacant']],
    [
      'authority@1',
      'authority.approve',
      ['authorityBeyondMeeting', 'paperAfterFounding'],
      ['notOpen'],
    ],
  ])('%s %s: %j, never %j', (workflow, command, some, none) => {
    const { refusals } = scan(workflow, command)
    expect(refusals).toEqual(expect.arrayContaining(some))
    for (const code of none) expect(refusals).not.toContain(code)
  })
})

describe('offices', () => {
  test.each([
    ['request@1', 'request.submit', ['reportingClerk']],
    ['request@1', 'request.issue', ['companyHead']],
    ['request@1', 'suspension.order', ['centreHead', 'companyHead']],
    ['request@1', 'payment.order', ['cashier']],
    ['request@1', 'booking.record', ['bookkeeper']],
    ['meeting@1', 'prestudy.record', ['partySecretary']],
    ['meeting@1', 'shareholderDecision.sign', ['legalRepresentative']],
    ['inspection@1', 'finding.answer', ['companyHead', 'reportingClerk']],
    ['policy@1', 'policy.endorse', ['centreHead', 'townshipLeader']],
    ['authority@1', 'authorityFiling.consent', ['centreHead']],
  ])('%s %s: %j', (workflow, command, offices) => {
    expect(scan(workflow, command).offices).toEqual(offices)
  })

  test('nobody is left out: an act without an office says in words who may ask it', () => {
    expect(unattributed()).toEqual([])
  })
})

test('policy keys are those the act reads, and no others', () => {
  expect(scan('request@1', 'suspension.order').keys).toContain('suspension.maxWd')
  expect(scan('request@1', 'payment.order').keys).not.toContain('suspension.maxWd')
  expect(scan('meeting@1', 'meeting.notice').keys).toEqual(
    expect.arrayContaining(['member.noticeDays', 'member.consultDays']),
  )
})
