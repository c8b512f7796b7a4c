// Every route there is.
import type { Api } from '../api.ts'
import type { Route } from '../route.ts'
import { accountRoutes } from './accounts.ts'
import { commandRoutes } from './commands.ts'
import { healthRoutes } from './health.ts'
import { ledgerRoutes } from './ledgers.ts'
import { meRoutes } from './me.ts'
import { thingRoutes } from './meetings.ts'
import { requestRoutes } from './requests.ts'
import { townshipRoutes } from './township.ts'

export const allRoutes = (api: Api): readonly Route[] => [
  ...healthRoutes(api),
  ...meRoutes(api),
  ...accountRoutes(api),
  ...requestRoutes(api),
  ...thingRoutes(api),
  ...townshipRoutes(api),
  ...ledgerRoutes(api),
  ...commandRoutes(api),
]
