// Which files a command names: by hand, for every command there is.
import { expect, test } from 'vitest'
import { commandForms } from '../../../src/app/command-forms.ts'
import { filePaths, filesNamed } from '../../../src/app/attachments/named.ts'
import { filesOfEntry } from '../../../src/app/attachments/upkeep.ts'
import { digest } from '../../support/law.ts'

/** Every field of every command that is a file, and no other digest: a list's rows and a round's secret are none. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'request.submit': ['emergency.declaration', 'evidence.*.sha256'],
  'request.resubmit': ['emergency.declaration', 'evidence.*.sha256'],
  'evidence.add': ['evidence.*.sha256'],
  'advance.settle': ['evidence.*.sha256'],
  'emergency.notify': ['notice'],
  'automaticFinding.answer': ['evidence.*'],
  'finding.answer': ['evidence.*', 'training.sheet'],
  'automaticFinding.close': ['evidence', 'shortfall.paper'],
  'alert.dismiss': ['evidence'],
  'prestudy.record': ['minutes'],
  'consultation.post': ['riskNote'],
  'representation.record': ['paper'],
  'attendance.record': ['sheet', 'proxies.papers'],
  'attendance.correct': ['sheet'],
  'tally.record': ['sheet'],
  'minutes.sign': ['minutes'],
  'meeting.close': ['minutes'],
  'shareholderDecision.sign': ['document'],
  'result.post': ['notice'],
  'relatives.declare': ['pairs.*.paper'],
  'control.declare': ['controls.*.paper'],
  'mandate.grant': ['paper'],
}

test('the fields of all commands', () => {
  const found = [...commandForms.keys()].flatMap((type): [string, readonly string[]][] => {
    const paths = filePaths(type).map((path) => path.join('.'))
    return paths.length === 0 ? [] : [[type, paths.toSorted()]]
  })
  const wanted = Object.entries(expected).map(([type, paths]) => [type, paths.toSorted()])
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted))
})

test('what a command names, each once, with what it is said to be', () => {
  const [a, b] = [digest('a'), digest('b')]
  const evidence = [
    { paper: 'invoice', sha256: a },
    { paper: 'contract', sha256: b },
    { paper: 'other', sha256: b },
  ]
  expect(filesNamed('evidence.add', { evidence })).toEqual([
    { sha256: a, field: 'evidence.sha256', paper: 'invoice' },
    { sha256: b, field: 'evidence.sha256', paper: 'other' },
  ])
  expect(filesNamed('mandate.grant', { paper: a })).toEqual([{ sha256: a, field: 'paper' }])
  expect(filesNamed('request.issue', {})).toEqual([])
  expect(filesNamed('no.command', { paper: a })).toEqual([])
})

test('what an entry names is what its command named; what follows from another names nothing', () => {
  const [a] = [digest('a')]
  const body = { given: { evidence: [{ paper: 'invoice', sha256: a }] } }
  expect(filesOfEntry({ type: 'evidence.added', body })).toHaveLength(1)
  expect(filesOfEntry({ type: 'request.paid', body })).toEqual([])
})
