import { checkLedger } from '../support/check-ledger.ts'
import { folder, openToy } from '../support/store-open.ts'
import { signer, workings } from '../support/store-world.ts'
import { describeStore } from './store.contract.ts'

describeStore('SQLite', async () => {
  const { file, remove } = folder()
  return {
    open: (choices) => openToy(file, choices),
    check: async () => checkLedger(file, { workings, signer }),
    remove: async () => remove(),
  }
})
