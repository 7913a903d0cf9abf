// The stand-in answers as the real server is recorded to answer: every fact, and none is skipped.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { FACTS } from './facts/all.mjs'
import { tableOf } from './support/compare.mjs'
import { check } from './support/fact.mjs'
import { startStandIn } from './support/project.mjs'

const project = await startStandIn()
after(project.close)

for (const fact of FACTS) {
  test(fact.name, async () => {
    const { skipped, differences } = await check(fact, project)
    assert.equal(skipped, null)
    assert.ok(differences.length === 0, `\n${tableOf(differences)}`)
  })
}

test('every fact has a name of its own', () => {
  assert.equal(new Set(FACTS.map(({ name }) => name)).size, FACTS.length)
})
