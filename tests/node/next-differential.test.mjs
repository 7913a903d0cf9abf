// The safe-`next` check against whatwg-url, on generated targets.
//   LANDFALL_NEXT_INPUTS=300000 LANDFALL_NEXT_SEED=7 node --test tests/node/next-differential.test.mjs
import { test } from 'node:test'
import { BLOCK_INPUTS } from '../safe-next/inputs.mjs'
import { compareWithStandard } from './support/next-oracle.mjs'

const inputs = Number(process.env.LANDFALL_NEXT_INPUTS ?? 200_000)
const seed = Number(process.env.LANDFALL_NEXT_SEED ?? Date.now() % 2 ** 31)

test(`checkNext agrees with the URL Standard on ${inputs} generated targets, seed ${seed}`, () => {
  console.log(`seed ${seed}: ${JSON.stringify(compareWithStandard(seed, inputs / BLOCK_INPUTS))}`)
})
