// Memory over a great many callbacks, good and bad: an instance does not grow once it is warm, and nothing stays on the heap.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const CALLBACKS = fileURLToPath(new URL('callbacks.mjs', import.meta.url))
const WARM_UP_PARTS = 5
/** Less than one byte for each callback of a full run. */
const MAX_HEAP_GROWTH_BYTES = 768 << 10

/** `npm run test:load` makes more. */
const total = Number(process.env.CALLBACKS ?? 20_000)

describe(`${total} callbacks`, () => {
  for (const name of ['plain', 'supabase']) {
    test(name, async (t) => {
      const { stdout } = await run(process.execPath, ['--expose-gc', CALLBACKS, name, String(total)])
      const samples = JSON.parse(stdout)
      const warm = samples[WARM_UP_PARTS - 1]
      const last = samples.at(-1)
      assert.ok(last.callbacks >= total)
      for (const { instances, wasm } of samples.slice(WARM_UP_PARTS))
        assert.deepEqual([instances, wasm], [warm.instances, warm.wasm])
      const growth = last.heap + last.external - warm.heap - warm.external
      assert.ok(growth < MAX_HEAP_GROWTH_BYTES, `${growth} bytes more on the heap: ${stdout}`)
      const kilobytes = (bytes) => `${Math.round(bytes / 1024)} KiB`
      t.diagnostic(
        `instance ${kilobytes(last.wasm)}; heap and external ${kilobytes(warm.heap + warm.external)} after ${warm.callbacks}, ` +
          `${kilobytes(last.heap + last.external)} after ${last.callbacks}`,
      )
    })
  }
})
