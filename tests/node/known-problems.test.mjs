// Forty-four problems that people met with Supabase's sign-in and wrote about in public: each is met here once more, with Landfall's
// handlers in its way. A title has the number, what the person met in our words, and where they wrote about it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADDRESS_PROBLEMS } from './known-problems/addresses.mjs'
import { COOKIE_PROBLEMS } from './known-problems/cookies.mjs'
import { FLOW_PROBLEMS } from './known-problems/flows.mjs'
import { SESSION_PROBLEMS } from './known-problems/sessions.mjs'
import { VERIFIER_PROBLEMS } from './known-problems/verifiers.mjs'

const PROBLEMS = [VERIFIER_PROBLEMS, COOKIE_PROBLEMS, ADDRESS_PROBLEMS, FLOW_PROBLEMS, SESSION_PROBLEMS]
  .flat()
  .sort((a, b) => a.number - b.number)
const COUNT = 44

for (const { number, met, thread, run } of PROBLEMS)
  test(`${String(number).padStart(2, '0')} ${met} (${thread})`, run)

test('all of them are here, each once', () => {
  const numbers = PROBLEMS.map(({ number }) => number)
  assert.deepEqual(
    numbers,
    Array.from({ length: COUNT }, (_, index) => index + 1),
  )
})
