// tests/vectors/callback_cases.json against the handlers: every case is a real request, and every field of what it expects is checked.
// Cases of `side: browser` happen in a page: tests/browser/page-mode-refusals.test.mjs runs them.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { ERRORS } from '../../dist/index.js'
import { runCase } from './support/case-run.mjs'
import { checkExpectation } from './support/expectation.mjs'
import { FLIPPED, flipField } from './support/flip.mjs'
import { COOKIE_SCENARIOS } from './support/scenarios-cookie.mjs'
import { runIdToken } from './support/scenarios-id-token.mjs'
import { runSignOut, TOKEN_SCENARIOS } from './support/scenarios-sign-out.mjs'
import { START_SCENARIOS } from './support/scenarios-start.mjs'
import { SUPABASE_SCENARIOS } from './support/scenarios-supabase.mjs'
import { TRANSACTION_SCENARIOS } from './support/scenarios-transaction.mjs'

const CASES = 510
const CASES_OF_PAGES = 3
const GROUPS = 12
const file = new URL('../vectors/callback_cases.json', import.meta.url)
const { count, cases } = JSON.parse(readFileSync(file, 'utf8'))
const scenarios = {
  ...TRANSACTION_SCENARIOS,
  ...TOKEN_SCENARIOS,
  ...START_SCENARIOS,
  ...COOKIE_SCENARIOS,
  ...SUPABASE_SCENARIOS,
}
const isOfPage = ({ side }) => side === 'browser'
/** Id -> what came of the case, once for each request that it stands for. @type {Map<string, any[]>} */
const seen = new Map()

/** Runs a case the way its group asks for. @param {any} theCase @returns {Promise<any[]>} */
const run = async (theCase) => {
  const scenario = scenarios[theCase.id]
  if (scenario) return [await scenario(theCase)]
  if (theCase.group === 'id-token') return runIdToken(theCase)
  if (theCase.group === 'sign-out') return [await runSignOut(theCase)]
  return runCase(theCase)
}

for (const group of new Set(cases.map((one) => one.group))) {
  describe(group, () => {
    for (const theCase of cases.filter((one) => one.group === group && !isOfPage(one))) {
      test(`${theCase.id} ${theCase.comment}`, async () => {
        const outcomes = await run(theCase)
        assert.ok(outcomes.length > 0)
        for (const outcome of outcomes) checkExpectation(outcome, theCase.expect)
        seen.set(theCase.id, outcomes)
      })
    }
  })
}

describe('the checks can fail', () => {
  test('a case fails with any one of its fields changed', () => {
    const fields = new Set()
    for (const { id, expect } of cases) {
      if (!seen.has(id)) continue
      for (const [name, wanted] of Object.entries(expect))
        for (const wrong of flipField(name, wanted)) {
          fields.add(name)
          const run = () => {
            for (const outcome of seen.get(id)) checkExpectation(outcome, { ...expect, [name]: wrong })
          }
          assert.throws(run, assert.AssertionError, `${id}: ${name} ${JSON.stringify(wrong)} holds as well`)
        }
    }
    assert.deepEqual(
      [...fields].sort(),
      Object.keys(FLIPPED).sort(),
      'every field is of a case, and no other',
    )
  })

  test('an unknown field, and one that cannot be observed, fail', () => {
    const outcome = { class: 'ok', code: '' }
    checkExpectation(outcome, { class: 'ok' })
    assert.throws(() => checkExpectation(outcome, { class: 'ok', sesion: false }), /unknown field: sesion/)
    assert.throws(
      () => checkExpectation(outcome, { class: 'ok', session: false }),
      /session cannot be observed/,
    )
  })
})

test('every code is one of ours', () => {
  for (const { id, expect } of cases) if (expect.class === 'error') assert.ok(expect.code in ERRORS, id)
})

// A test and no hook, so that one case can run by its name alone.
test('every case ran', () => {
  const ids = cases.map(({ id }) => id)
  assert.equal(count, CASES)
  assert.equal(ids.length, CASES)
  assert.equal(new Set(ids).size, CASES)
  assert.equal(new Set(cases.map(({ group }) => group)).size, GROUPS)
  for (const id of Object.keys(scenarios)) assert.ok(ids.includes(id), id)
  assert.equal(cases.filter(isOfPage).length, CASES_OF_PAGES)
  assert.equal(seen.size, CASES - CASES_OF_PAGES)
})
