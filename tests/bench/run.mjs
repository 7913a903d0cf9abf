// Measures all groups and writes docs/benchmarks.md; an argument picks groups, `run.mjs callback`, and then only prints.
import { writeFileSync } from 'node:fs'
import { measureCallback } from './callback.mjs'
import { measureCold } from './cold.mjs'
import { toDocument, toSection } from './document.mjs'
import { measureHttp } from './http.mjs'
import { measureInstructions } from './instructions.mjs'
import { measureNext } from './next.mjs'
import { measurePlain } from './plain.mjs'
import { measureSession } from './session.mjs'
import { measureSessionCallback } from './session-callback.mjs'
import { measureSize } from './size.mjs'
import { measureStart } from './start.mjs'
import { prepareGlobals } from './token-answers.mjs'
import { measureVerified } from './verified.mjs'
import { measureWorkerd } from './workerd.mjs'

/**
 * What a group measured.
 * @typedef {{ title: string, text: string, tables: string[], ratios: { what: string, value: number }[] }} Section
 * @typedef {() => Promise<Section>} Group
 */

/** @type {Record<string, Group>} */
const GROUPS = {
  start: measureStart,
  callback: measureCallback,
  next: measureNext,
  session: measureSession,
  verified: measureVerified,
  'session-callback': measureSessionCallback,
  workerd: measureWorkerd,
  size: measureSize,
  cold: measureCold,
  http: measureHttp,
  plain: measurePlain,
  instructions: measureInstructions,
}

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !(name in GROUPS))
if (unknown) {
  console.error(`✗ bench: ${unknown} is none of ${Object.keys(GROUPS).join(', ')}`)
  process.exit(1)
}

prepareGlobals()
const sections = []
for (const [name, measureGroup] of Object.entries(GROUPS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`▸ bench: ${name}`)
  const section = await measureGroup()
  console.log(`${toSection(section)}\n`)
  for (const { what, value } of section.ratios) console.log(`  ${value.toFixed(3)}  ${what}`)
  sections.push(section)
}
if (asked.length === 0) {
  writeFileSync(new URL('../../docs/benchmarks.md', import.meta.url), toDocument(sections))
  console.log('▸ bench: docs/benchmarks.md is written')
}
