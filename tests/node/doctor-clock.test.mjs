// From which difference on the doctor calls two clocks wrong: createAuth accepts 30 seconds without an option.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkClock } from '../../dist/doctor/clock.js'

const look = (skew) => {
  const found = []
  const findings = { check: (...parts) => found.push(parts) }
  checkClock(findings, 'clock', 'Its clock is right', { skew }, 'Set it.')
  return found
}

test('30 seconds are fine, 31 are wrong, in both directions', () => {
  for (const skew of [0, 30, -30]) assert.equal(look(skew)[0][0], true, `${skew}`)
  for (const [skew, detail] of [
    [31, "The server's clock is 31 seconds ahead."],
    [-31, "The server's clock is 31 seconds behind."],
  ])
    assert.deepEqual(look(skew), [[false, 'clock', 'Its clock is right', detail, 'Set it.']])
})

test('a server that names no time is neither', () => {
  for (const skew of [Number.NaN, undefined, Number.POSITIVE_INFINITY]) assert.deepEqual(look(skew), [])
})
