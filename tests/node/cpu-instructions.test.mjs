// Counts instructions instead of measuring time: secrets are compared in constant time, hostile text is read in linear time.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { configure } from '../../tools/configure.mjs'
import { capture, root, run } from '../../tools/run.mjs'

const PRESET = 'native-release'
const PROGRAM = join(root, 'build', PRESET, 'landfall_instructions')
/** A doubling of the text may cost so much more. */
const LARGEST_RATIO = 2.5

const DUMP = /^desc: Trigger: Client Request: (?<label>.+)\n[\s\S]*?^summary: (?<count>\d+)$/gm

/**
 * Runs one part of the program under callgrind.
 * @param {'comparisons' | 'texts' | 'json'} part
 * @returns {Promise<Map<string, { label: string, count: number }[]>>} the counts by what is counted
 */
const count = async (part) => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-instructions-'))
  const report = join(folder, 'report')
  const valgrind = ['--tool=callgrind', '--combine-dumps=yes', `--callgrind-out-file=${report}`]
  // The C library's functions are looked up before anything is counted, and long texts are copied as short ones are:
  // `rep movsb`, which it takes from some length on, counts as one instruction a byte.
  const env = { LD_BIND_NOW: '1', GLIBC_TUNABLES: 'glibc.cpu.x86_rep_movsb_threshold=1073741824' }
  const { code, output } = await capture('valgrind', [...valgrind, PROGRAM, part], { env })
  assert.equal(code, 0, output)
  const counts = new Map()
  for (const { groups } of readFileSync(report, 'utf8').matchAll(DUMP)) {
    const parts = groups.label.split('|')
    const label = parts.pop()
    const subject = parts.join(', ')
    counts.set(subject, [...(counts.get(subject) ?? []), { label, count: Number(groups.count) }])
  }
  rmSync(folder, { recursive: true })
  return counts
}

/** The first length whose text costs too much more than one of half its length. */
const findLeap = (counts) =>
  counts.find(({ count }, index) => index > 0 && count > LARGEST_RATIO * counts[index - 1].count)

before(async () => {
  await configure(PRESET)
  await run('cmake', ['--build', '--preset', PRESET, '--target', 'landfall_instructions'], { quiet: true })
})

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
