// A rolling deployment: three processes of an app with sessions behind nginx, with one secret. One has the version before this one,
// until it is killed half-way and this version takes its place. Whatever one process began, another one takes up.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { HERE } from './fleet.mjs'
import { Member } from './member.mjs'
import { makeCounts, showHeaps, startWorld } from './world.mjs'

const PEOPLE = 64
const MAX_HEAP_GROWTH_BYTES = 768 << 10
const OLD = 0

/** The folder of a version before this one: what npm unpacks, or a checkout that is built. */
const { PREVIOUS_PACKAGE } = process.env
const previous = PREVIOUS_PACKAGE ? pathToFileURL(`${PREVIOUS_PACKAGE}/`).href : HERE
const versions = PREVIOUS_PACKAGE
  ? 'one of them on the previous version and killed half-way'
  : 'all of them on this version, and one is killed half-way'

/** What one process begins and another one goes on with. */
const PAIRS = [
  ['/auth/sign-in', '/auth/callback/op'],
  ['/me', '/me'],
  ['/me', '/note'],
  ['/auth/sign-out', '/auth/sign-out'],
]

/** `npm run test:load` makes more. */
const total = Number(process.env.SIGN_INS ?? 300)

/**
 * A code that was redeemed by the process that died cannot be had again; whoever had to start anew for another reason is a failure.
 * @param {string[]} shown to people @param {string[]} refused by the provider @param {number} across how many sign-ins saw the process die
 */
const checkErrors = (shown, refused, across) => {
  assert.deepEqual(new Set(shown), new Set(shown.length > 0 ? ['token_invalid_grant'] : []))
  assert.deepEqual(
    refused.filter((error) => !error.startsWith('invalid_grant')),
    [],
  )
  assert.ok(shown.length <= Math.min(refused.length, across), `${shown.length}, ${refused.length}, ${across}`)
}

/** The old process took up what new ones began, and new ones what it began. @param {Set<string>} crossings @param {string[]} names */
const checkPairs = (crossings, [old, ...others]) => {
  const has = (from, one, to, other) => crossings.has(`${from} ${one} ${to} ${other}`)
  for (const [from, to] of PAIRS) {
    assert.ok(
      others.some((other) => has(from, old, to, other)),
      `${from} there, ${to} here`,
    )
    assert.ok(
      others.some((other) => has(from, other, to, old)),
      `${from} here, ${to} there`,
    )
  }
}

test(`${total} sign-ins at three processes, ${versions}`, async (t) => {
  const { fleet, provider } = await startWorld(t, [previous, HERE, HERE])
  const counts = makeCounts()
  const sids = new Set()
  const underway = new Set()
  const across = new Set()
  let begun = 0
  let replaced
  let crossings

  const replace = () => {
    crossings = new Set(counts.crossings)
    return fleet.replace(OLD, () => {
      for (const number of underway) across.add(number)
    })
  }
  const keepBusy = async (person, until) => {
    while (begun < until) {
      const number = begun++
      underway.add(number)
      sids.add(await person.visit(number))
      underway.delete(number)
      if (sids.size === Math.floor(total / 2)) replaced = replace()
    }
  }
  const people = Array.from({ length: PEOPLE }, (_, i) => new Member(`person-${i}`, fleet.origin, counts))
  const work = (until) => Promise.all(people.map((person) => keepBusy(person, until)))

  const began = performance.now()
  await work(Math.floor((total * 2) / 3))
  await replaced
  const warm = await fleet.countHeaps()
  await work(total)
  const seconds = (performance.now() - began) / 1000
  const last = await fleet.countHeaps()
  t.diagnostic(
    `${total} sign-ins in ${seconds.toFixed(1)} s (${(total / seconds).toFixed(0)}/s); ${across.size} under way when the process was ` +
      `killed, ${counts.retries} requests that nginx gave to another one, ${counts.reloads} reloads, ${counts.errors.length} started ` +
      `anew because the dead process had redeemed their code; heap and external ${showHeaps(warm)} after two thirds, ` +
      `${showHeaps(last)} at the end`,
  )

  assert.equal(sids.size, total, 'a session of its own for each')
  assert.ok(counts.retries > 0 && across.size > 0, 'the process was killed with sign-ins under way')
  checkErrors(counts.errors, provider.stats.errors, across.size)
  checkPairs(crossings, fleet.names)
  for (const [i, bytes] of last.entries()) if (i !== OLD) assert.ok(bytes - warm[i] < MAX_HEAP_GROWTH_BYTES)
})
