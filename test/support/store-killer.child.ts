// A thread that kills its own process, wherever the other thread then stands: in a decide, between
// two inserts, inside COMMIT. It imports next to nothing: it must be up before the work is done.
import { workerData } from 'node:worker_threads'

interface Orders {
  /** Counted up by the other thread. */
  readonly acks: Int32Array
  readonly after: number
  /** Milliseconds. */
  readonly wait: number
}

const { acks, after, wait } = workerData as Orders

for (let seen = 0; seen < after; seen = Atomics.load(acks, 0)) Atomics.wait(acks, 0, seen)
// A moment within the next group, not at its end.
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait)
process.kill(process.pid, 'SIGKILL')
