// The file of a test world as lists and pages read it, put together as the program does; without a vault.
import { alertPage } from '../../db/queries/alerts.ts'
import { authorityPage } from '../../db/queries/authorities.ts'
import { findingPage, findingsOf, inspectionPage } from '../../db/queries/inspections.ts'
import { meetingPage } from '../../db/queries/meetings.ts'
import { figuresOf } from '../../db/queries/figures.ts'
import { requestPage, widerRequestPage } from '../../db/queries/requests.ts'
import { openTasks, taskPage, tasksOf } from '../../db/queries/tasks.ts'
import { openReading } from '../../db/reading.ts'
import type { Reading } from '../../src/app/read/port.ts'

export function readingOf(file: string): Reading {
  const { reads, ledgers, watch, searching, stream, close } = openReading(file)
  return {
    ledgers,
    watch,
    stream,
    close,
    requests: (filter) => requestPage(reads, filter),
    requestsAcross: (filter) => widerRequestPage(reads, filter),
    figures: figuresOf(reads),
    ...searching,
    meetings: (filter) => meetingPage(reads, filter),
    inspections: (filter) => inspectionPage(reads, filter),
    alerts: (filter) => alertPage(reads, filter),
    authorities: (filter) => authorityPage(reads, filter),
    tasks: (ledger, id) => tasksOf(reads, ledger, id),
    inbox: (filter) => taskPage(reads, { ...filter, order: 'since' }),
    waiting: (ledger, desk) => openTasks(reads, ledger, desk),
    findings: (ledger, request) => findingsOf(reads, ledger, request),
    findingPage: (filter) => findingPage(reads, filter),
    person: () => undefined,
    list: () => undefined,
  }
}
