// The source with its mutants does what the source does, as long as none of them is on.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mutate } from '../../tools/mutants/sites.mjs'

const SOURCE = `(error, steps) => {
  if (/** @type {any} */ (error)?.name === 'Mine') return 'mine'
  /* first */ steps.push(1)
  return steps.length > /* none */ 0 && steps.includes(1) ? 'other' : 'none'
}`

test('a comment in front of a condition or a call stays outside', () => {
  const { sites, mutated } = mutate('any.js', SOURCE, 0)
  const run = (on, name) => {
    const steps = []
    const made = new Function('landfallMutant', `return ${mutated}`)((number) => number === on)
    return [made({ name }, steps), steps]
  }
  assert.deepEqual(run(-1, 'Mine'), ['mine', []])
  assert.deepEqual(run(-1, 'Another'), ['other', [1]])
  const numberOf = (kind) => sites.findIndex((site) => site.kind === kind)
  assert.deepEqual(run(numberOf('negate'), 'Another'), ['mine', []])
  assert.deepEqual(run(numberOf('return'), 'Mine'), ['other', [1]])
  assert.deepEqual(run(numberOf('call'), 'Mine'), ['mine', []])
  assert.deepEqual(run(numberOf('call'), 'Another'), ['none', []])
})
