// Answers with the verdicts of the safe-`next` check, where it runs: `/hashes?seed=7&blocks=200`, `/answers?seed=7&block=3`.
import { checkNext } from 'landfall'
import { makeInputs } from '../../safe-next/inputs.mjs'
import { answerAll, hashBlocks } from '../../safe-next/verdicts.mjs'

const PATHS = {
  '/hashes': ({ seed, blocks }) => hashBlocks(checkNext, seed, blocks),
  '/answers': ({ seed, block }) => answerAll(checkNext, makeInputs(seed, block)),
}

export default {
  fetch(request) {
    const { pathname, searchParams } = new URL(request.url)
    const numbers = Object.fromEntries([...searchParams].map(([name, value]) => [name, Number(value)]))
    return new Response(JSON.stringify(PATHS[pathname](numbers)))
  },
}
