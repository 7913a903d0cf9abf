// tests/vectors/callback_cases.json against the handlers: every case is a real request, or it is named with a reason.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, describe, test } from 'node:test'
import { ERRORS } from '../../dist/index.js'
import { CODES, DEFERRED } from './callback-codes.mjs'
import { runCase } from './support/case-run.mjs'
import { checkMusts } from './support/musts.mjs'
import { checkClass } from './support/outcome.mjs'
import { COOKIE_SCENARIOS } from './support/scenarios-cookie.mjs'
import { runIdToken } from './support/scenarios-id-token.mjs'
import { runSignOut, TOKEN_SCENARIOS } from './support/scenarios-sign-out.mjs'
import { START_SCENARIOS } from './support/scenarios-start.mjs'
import { SUPABASE_SCENARIOS } from './support/scenarios-supabase.mjs'
import { TRANSACTION_SCENARIOS } from './support/scenarios-transaction.mjs'

const CASES = 510
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
const executed = new Set()

/** Runs a case the way its group asks for. @param {any} theCase */
const run = async (theCase) => {
  const scenario = scenarios[theCase.id]
  // A scenario and these two groups assert their sentences themselves.
  if (scenario) checkClass(await scenario(theCase), theCase.expect)
  else if (theCase.group === 'id-token') await runIdToken(theCase)
  else if (theCase.group === 'sign-out') checkClass(await runSignOut(theCase), theCase.expect)
  else for (const outcome of await runCase(theCase)) checkMusts(outcome, theCase.expect)
}

const groups = Map.groupBy?.(cases, ({ group }) => group) ?? new Map()
if (groups.size === 0) for (const one of cases) groups.set(one.group, [...(groups.get(one.group) ?? []), one])

for (const [group, members] of groups) {
  describe(group, () => {
    for (const theCase of members) {
      if (theCase.id in DEFERRED) continue
      test(`${theCase.id} ${theCase.comment}`, async () => {
        executed.add(theCase.id)
        await run(theCase)
      })
    }
  })
}

test('every neutral code and every code of ours is known', () => {
  for (const codes of Object.values(CODES)) for (const code of codes) assert.ok(code in ERRORS, code)
  const used = cases.flatMap(({ id, expect }) => {
    const alt = (expect.alt ?? []).map((one) => one.split(':')[1])
    return id in DEFERRED ? [] : [expect.code, ...alt]
  })
  // Two neutral codes stand for options and limits that do not exist here: nothing of ours is ever called so.
  const unused = new Set(['next_too_long', 'param_too_many'])
  for (const code of new Set(used)) assert.ok(!code || code in CODES || unused.has(code), code)
})

after(() => {
  const ids = cases.map(({ id }) => id)
  assert.equal(count, CASES)
  assert.equal(ids.length, CASES)
  assert.equal(new Set(ids).size, CASES)
  assert.equal(groups.size, GROUPS)
  for (const id of [...Object.keys(DEFERRED), ...Object.keys(scenarios)]) assert.ok(ids.includes(id), id)
  for (const reason of Object.values(DEFERRED)) assert.ok(reason.length > 0)
  assert.equal(executed.size + Object.keys(DEFERRED).length, CASES)
})
