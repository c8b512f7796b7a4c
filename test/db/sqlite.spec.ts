import { checkLedger } from '../support/check-ledger.ts'
import { folder, openToy } from '../support/store-open.ts'
import { signer, workings } from '../support/store-world.ts'
import { describeStore } from './store.contract.ts'

describeStore('SQLite', async () => {
  const dir = folder()
  return {
    open: (choices) => openToy(dir.file, choices),
    check: async () => checkLedger(dir.file, { workings, signer }),
    remove: async () => dir.remove(),
  }
})
