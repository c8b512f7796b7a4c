// Every route there is.
import type { Api } from '../api.ts'
import type { Route } from '../route.ts'
import { accountActRoutes } from './account-acts.ts'
import { accountRoutes } from './accounts.ts'
import { attachmentRoutes } from './attachments.ts'
import { attemptRoutes } from './attempts.ts'
import { ballotRoutes } from './ballots.ts'
import { commandRoutes } from './commands.ts'
import { dashboardRoutes } from './dashboard.ts'
import { demoClockRoutes } from './demo-clock.ts'
import { disclosureRoutes } from './disclosure.ts'
import { draftRoutes } from './drafts.ts'
import { exportRoutes } from './exports.ts'
import { findingRoutes } from './findings.ts'
import { healthRoutes } from './health.ts'
import { ledgerProofRoutes } from './ledger-proofs.ts'
import { importRoutes } from './imports.ts'
import { ledgerRoutes } from './ledgers.ts'
import { liveRoutes } from './live.ts'
import { meRoutes } from './me.ts'
import { thingRoutes } from './meetings.ts'
import { memberRoutes } from './members.ts'
import { metricsRoutes } from './metrics.ts'
import { comparisonRoutes } from './policy-comparison.ts'
import { previewRoutes } from './preview.ts'
import { requestListRoutes } from './request-lists.ts'
import { requestRoutes } from './requests.ts'
import { searchRoutes } from './search.ts'
import { termsRoutes } from './terms.ts'
import { townshipRoutes } from './township.ts'
import { verificationRoutes } from './verification.ts'

/** Lists can all be taken away as tables. */
export function allRoutes(api: Api): readonly Route[] {
  const routes = listed(api)
  return [...routes, ...exportRoutes(api, routes)]
}

const listed = (api: Api): readonly Route[] => [
  ...healthRoutes(api),
  ...demoClockRoutes(api),
  ...metricsRoutes(api),
  ...termsRoutes,
  ...meRoutes(api),
  ...accountRoutes(api),
  ...draftRoutes(api),
  ...importRoutes(api),
  ...previewRoutes(api),
  ...requestListRoutes(api),
  ...requestRoutes(api),
  ...thingRoutes(api),
  ...ballotRoutes(api),
  ...townshipRoutes(api),
  ...comparisonRoutes(api),
  ...memberRoutes(api),
  ...findingRoutes(api),
  ...searchRoutes(api),
  ...dashboardRoutes(api),
  ...disclosureRoutes(api),
  ...attachmentRoutes(api),
  ...ledgerRoutes(api),
  ...ledgerProofRoutes(api),
  ...verificationRoutes(api),
  ...liveRoutes(api),
  ...attemptRoutes(api),
  ...accountActRoutes(api),
  ...commandRoutes(api),
]
