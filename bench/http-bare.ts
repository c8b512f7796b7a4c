// The same exchange with nothing of ours in it: express reads a JSON body and answers one as long as a receipt. The server's
// figures stand beside what this does.
import express from 'express'
import type { AddressInfo } from 'node:net'

const receipt = {
  command: '01964173-a4a0-747f-a0bc-5c25194249d0',
  ledger: 'ledger.bali.example/330502199201',
  stream: 'request/2026-000052',
  revision: 7,
  at: '2026-04-17T01:53:40.000Z',
  size: 1248,
  entries: [
    {
      seq: 1247,
      stream: 'request/2026-000052',
      revision: 7,
      type: 'papers.completed',
      leaf: 'a'.repeat(64),
    },
  ],
}

const app = express()
app.use(express.json())
app.post('/', (_request, response) => {
  response.status(201).json(receipt)
})
const server = app.listen(0, '127.0.0.1', () => {
  console.log((server.address() as AddressInfo).port)
})
