// The safe-`next` check against whatwg-url, on as many generated targets as take minutes.
//   LANDFALL_NEXT_SEED=7 node --test tests/runtimes/next-standard.test.mjs
import { test } from 'node:test'
import { compareWithStandard } from '../node/support/next-oracle.mjs'
import { BLOCK_INPUTS } from '../safe-next/inputs.mjs'

/** A quarter at a commit: the seed is another one each time. */
const INPUTS = process.env.EVERY_ROW === '1' ? 1_000_000 : 250_000
const seed = Number(process.env.LANDFALL_NEXT_SEED ?? Date.now() % 2 ** 31)

test(`checkNext agrees with the URL Standard on ${INPUTS} generated targets, seed ${seed}`, () => {
  console.log(`seed ${seed}: ${JSON.stringify(compareWithStandard(seed, INPUTS / BLOCK_INPUTS))}`)
})
