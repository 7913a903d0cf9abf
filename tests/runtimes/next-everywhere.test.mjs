// One list of generated targets, and the same verdicts natively, in every runtime and in every browser engine.
//   LANDFALL_NEXT_BLOCKS=1000 LANDFALL_NEXT_SEED=7 node --test tests/runtimes/next-everywhere.test.mjs
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkNext } from '../../dist/index.js'
import { BLOCK_INPUTS, makeInputs } from '../safe-next/inputs.mjs'
import { answerAll, hashBlock, hashBlocks } from '../safe-next/verdicts.mjs'
import { BROWSERS } from './support/browsers.mjs'
import { answerNatively } from './support/native.mjs'
import { makeProject } from './support/project.mjs'
import { RUNTIMES } from './support/runtimes.mjs'

const blocks = Number(process.env.LANDFALL_NEXT_BLOCKS ?? 200)
const seed = Number(process.env.LANDFALL_NEXT_SEED ?? Date.now() % 2 ** 31)
const title = `${blocks * BLOCK_INPUTS} verdicts, seed ${seed}`

let project
let wanted
before(async () => {
  project = await makeProject('next.mjs')
  wanted = hashBlocks(checkNext, seed, blocks)
})
after(() => project?.remove())

/** Shows the first input that is answered otherwise, of the first block with another hash. */
const expectSame = async (hashes, answersOf) => {
  assert.deepEqual(
    hashes.map(({ inputs }) => inputs),
    wanted.map(({ inputs }) => inputs),
    'another list of inputs',
  )
  const block = hashes.findIndex(({ answers }, index) => answers !== wanted[index].answers)
  if (block === -1) return
  const inputs = makeInputs(seed, block)
  const [here, there] = [answerAll(checkNext, inputs), await answersOf(block)]
  const index = here.findIndex((answer, at) => answer !== there[at])
  const { input, origin } = inputs[index]
  const question = `block ${block}, input ${JSON.stringify(input)}, origin ${origin}`
  assert.fail(`${question}: ${JSON.stringify(there[index])} instead of ${JSON.stringify(here[index])}`)
}

const compare = async (ask) => {
  const begin = Date.now()
  const hashes = JSON.parse(await ask(`/hashes?seed=${seed}&blocks=${blocks}`))
  console.log(`${Date.now() - begin} ms`)
  await expectSame(hashes, async (block) => JSON.parse(await ask(`/answers?seed=${seed}&block=${block}`)))
}

for (const [name, start] of Object.entries(RUNTIMES)) {
  test(`${name}: ${title}`, async (t) => {
    const { origin, stop } = await start(project)
    t.after(stop)
    await compare(async (path) => (await fetch(origin + path)).text())
  })
}

for (const [name, start] of Object.entries(BROWSERS)) {
  test(`${name}: ${title}`, async (t) => {
    const { ask, stop } = await start(project)
    t.after(stop)
    await compare((path) => ask(`https://app.example${path}`))
  })
}

test(`natively, with sanitizers: ${title}`, async () => {
  const lists = Array.from({ length: blocks }, (_, block) => makeInputs(seed, block))
  const begin = Date.now()
  const answers = await answerNatively(lists.flat())
  console.log(`${Date.now() - begin} ms`)
  assert.equal(answers.length, blocks * BLOCK_INPUTS)
  const answersOf = (block) => answers.slice(block * BLOCK_INPUTS, (block + 1) * BLOCK_INPUTS)
  await expectSame(
    lists.map((inputs, block) => hashBlock(inputs, answersOf(block))),
    answersOf,
  )
})
