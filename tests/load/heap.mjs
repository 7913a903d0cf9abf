// What a process holds, in a process that runs with --expose-gc.
import { setTimeout as wait } from 'node:timers/promises'

/** Bytes on the heap and outside of it, after collections. */
export const countHeap = async () => {
  for (let i = 0; i < 3; i++) {
    await wait(10)
    globalThis.gc()
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
