// The stand-in answers as the real server is recorded to answer: every fact, none is skipped, and each value counts.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { FACTS } from './facts/all.mjs'
import { compare, tableOf } from './support/compare.mjs'
import { check } from './support/fact.mjs'
import { startStandIn } from './support/project.mjs'

/** What is recorded, with another value in the place of each; and how many there are. */
function spoil(recorded) {
  let count = 0
  const change = (value) => {
    if (typeof value === 'object' && value !== null && !(value instanceof RegExp)) {
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, change(one)]))
    }
    count++
    return 'spoiled'
  }
  return { spoiled: change(recorded), count }
}

const project = await startStandIn()
after(project.close)

for (const fact of FACTS) {
  test(fact.name, async () => {
    const { skipped, real, differences } = await check(fact, project)
    assert.equal(skipped, null)
    assert.ok(differences.length === 0, `\n${tableOf(differences)}`)
    const { spoiled, count } = spoil(fact.recorded)
    assert.equal(compare(fact.name, spoiled, real).length, count)
  })
}

test('every fact has a name of its own', () => {
  assert.equal(new Set(FACTS.map(({ name }) => name)).size, FACTS.length)
})
