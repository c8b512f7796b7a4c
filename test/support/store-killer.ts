// A thread that kills its own process, wherever the other thread then stands: in a decide, between
// two inserts, inside COMMIT.
import { workerData } from 'node:worker_threads'
import { z } from 'zod'

const { acks, after, wait } = z
  .object({ acks: z.instanceof(Int32Array), after: z.int(), wait: z.number() })
  .parse(workerData)

for (let seen = 0; seen < after; seen = Atomics.load(acks, 0)) Atomics.wait(acks, 0, seen)
// A moment within the next group, not at its end.
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait)
process.kill(process.pid, 'SIGKILL')
