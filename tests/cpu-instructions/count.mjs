// Counts the instructions of calls of the core, under valgrind: the same on every machine with the same compiler.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configure } from '../../tools/configure.mjs'
import { capture, root, run } from '../../tools/run.mjs'

const PRESET = 'native-release'
const PROGRAM = join(root, 'build', PRESET, 'landfall_instructions')
const DUMP = /^desc: Trigger: Client Request: (?<label>.+)\n[\s\S]*?^summary: (?<count>\d+)$/gm

/** Builds the program that makes the calls. */
export const buildCounter = async () => {
  await configure(PRESET)
  await run('cmake', ['--build', '--preset', PRESET, '--target', 'landfall_instructions'], { quiet: true })
}

/**
 * Runs one part of the program under callgrind.
 * @param {'comparisons' | 'texts' | 'json' | 'requests'} part
 * @returns {Promise<Map<string, { label: string, count: number }[]>>} the counts by what is counted
 */
export const count = async (part) => {
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
