// A crowd signs in at a provider that counts requests, says nothing, and is slow: whoever sees an error page signs in a moment later.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HERE } from './fleet.mjs'
import { busy, Illnesses, silent } from './illnesses.mjs'
import { Member } from './member.mjs'
import { showHeaps, startWorld } from './world.mjs'

/** `npm run test:load` has more people; this provider keeps a thousand things in memory, and several of each person. */
const CROWD = process.env.SIGN_INS ? 100 : 50
const MAX_HEAP_GROWTH_BYTES = 512 << 10

const BUSY = { path: '/token', answer: busy, code: 'token_status' }
const SILENT = { path: '/token', answer: silent, code: 'token_timeout' }
/** Metadata and keys are asked once, and kept. */
const AT_FIRST = [
  { path: '/.well-known', answer: busy, code: 'discovery_unavailable' },
  BUSY,
  { path: '/jwks', answer: busy, code: 'jwks_unavailable' },
]
const LATER = [BUSY, SILENT, BUSY, BUSY, BUSY]

test(`${CROWD} people at once, three processes, a provider that is ill: nobody is lost, and memory is flat`, async (t) => {
  const illnesses = new Illnesses(CROWD)
  const { fleet, provider } = await startWorld(t, [HERE, HERE, HERE], illnesses.intercept)
  const people = Array.from({ length: CROWD }, (_, i) => new Member(`p-${i}`, fleet.origin, illnesses.counts))
  let number = 0
  /** All sign in, whatever the provider has. @param {import('./illnesses.mjs').Illness[]} list */
  const signIn = async (list) => {
    illnesses.begin(list)
    const sids = await Promise.all(people.map((person) => person.visit(number++)))
    assert.equal(new Set(sids).size, CROWD)
    const seen = list.flatMap(({ code }) => Array(CROWD).fill(code))
    assert.deepEqual(illnesses.counts.errors, seen)
    return fleet.countHeaps()
  }

  const before = await signIn(AT_FIRST)
  const after = await signIn(LATER)
  t.diagnostic(`heap and external ${showHeaps(before)}, then ${showHeaps(after)}`)
  for (const [i, bytes] of after.entries()) assert.ok(bytes - before[i] < MAX_HEAP_GROWTH_BYTES)
  assert.deepEqual(provider.stats.errors, [])
})
