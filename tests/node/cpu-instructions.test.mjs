// Counts instructions instead of measuring time: secrets are compared in constant time, hostile text is read in linear time.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { buildCounter, count } from '../cpu-instructions/count.mjs'

/** A doubling of the text may cost so much more. */
const LARGEST_RATIO = 2.5

/** The first length whose text costs too much more than one of half its length. */
const findLeap = (counts) =>
  counts.find(({ count }, index) => index > 0 && count > LARGEST_RATIO * counts[index - 1].count)

before(buildCounter)

// Each part is a program of its own.
describe('instructions', { concurrency: true }, () => {
  test('secrets are compared in the same number of instructions wherever they differ', async () => {
    const { control, ...secrets } = Object.fromEntries(await count('comparisons'))
    const countsOf = (counts) =>
      new Set(counts.filter(({ label }) => label !== 'nowhere').map((one) => one.count))
    assert.equal(countsOf(control).size, 3, 'a comparison that leaves early is not seen')
    assert.deepEqual(Object.keys(secrets), [
      'equal_constant_time',
      'seal',
      'seal, two keys',
      'session',
      'nonce',
      'at_hash',
      'state',
      'flow id',
    ])
    for (const [name, counts] of Object.entries(secrets)) {
      assert.equal(counts.length, 4, name)
      assert.equal(countsOf(counts).size, 1, `${name}: ${JSON.stringify(counts)}`)
    }
    assert.equal(new Set(secrets.equal_constant_time.map((one) => one.count)).size, 1, 'equality shows')
  })

  test('a request takes as many instructions each time: docs/benchmarks.md shows them', async () => {
    const counts = await count('requests')
    assert.deepEqual(
      [...counts.keys()],
      ['check_next', 'sign-in', 'callback', 'callback of 2.7 kB', 'session', 'callback through Supabase'],
    )
    assert.deepEqual(await count('requests'), counts)
  })

  for (const [part, parsers] of [
    ['texts', 25],
    ['json', 9],
  ]) {
    test(`hostile text takes linear time: ${part}`, async () => {
      const counts = await count(part)
      const control = counts.get('control, one run')
      assert.equal(findLeap(control)?.label, '2048', 'a parser that takes quadratic time is not seen')
      counts.delete('control, one run')
      const names = new Set()
      for (const [subject, doublings] of counts) {
        names.add(subject.slice(0, subject.lastIndexOf(', ')))
        assert.equal(doublings.length, 11, `${subject}: from 1 KiB to 1 MiB`)
        assert.equal(findLeap(doublings), undefined, `${subject}: ${JSON.stringify(doublings)}`)
      }
      assert.equal(names.size, parsers)
    })
  }
})
