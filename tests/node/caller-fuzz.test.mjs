// The fuzz target `caller` for a few thousand runs: no value of a caller breaks a promise of a public function.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fuzz } from '../fuzz/caller/run.mjs'

const SEEDS = [1, 2, 3]
const RUNS = 500

for (const seed of SEEDS)
  test(`${RUNS} calls from seed ${seed}`, async () => {
    const { runs, counts, finding } = await fuzz({ seed, isOver: (run) => run >= RUNS })
    const about =
      finding && `To repeat it: node tests/fuzz/caller.mjs 0 ${seed} ${finding.run} (${finding.call})`
    assert.equal(finding?.error, undefined, about)
    assert.equal(runs, RUNS)
    for (const [name, count] of Object.entries(counts)) assert.ok(count > 0, `${name} is never called`)
  })
