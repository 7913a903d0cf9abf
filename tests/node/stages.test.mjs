// The drawing of the flows in ARCHITECTURE.md is what wasm/flow/stages.def says; UPDATE_DOCS=1 draws it anew. That the core
// takes these arrows and no others is tests/native/stages_test.cpp's business.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'

const TABLE = new URL('../../wasm/flow/stages.def', import.meta.url)
const PAGE = new URL('../../ARCHITECTURE.md', import.meta.url)

/** The rows of a list, each as its arguments. @param {string} source @param {string} list */
const rowsOf = (source, list) => {
  const lines = source.replaceAll(/\s*\\\n\s*/g, ' ')
  const text = lines.match(new RegExp(`^#define ${list}\\(X\\)(.*)$`, 'm'))?.[1] ?? ''
  const rows = [...text.matchAll(/\bX\((\w+)(?:, "([^"]*)", \(([\w, ]*)\))?, *\(([\w, ]*)\)\)/g)]
  return rows.map(([, name, asks = '', fields = '', next]) => ({
    name,
    asks,
    fields: fields.split(/,\s*/).filter(Boolean),
    next: next.split(/,\s*/).filter(Boolean),
  }))
}

const source = readFileSync(TABLE, 'utf8')
const routes = rowsOf(source, 'LANDFALL_FLOW')
const stages = rowsOf(source, 'LANDFALL_STAGE')

test('every row of the table is read', () => {
  const count = source.match(/\bX\(\w+,/g)?.length
  assert.ok(stages.length > 0)
  assert.equal(routes.length + stages.length, count)
})

test('every stage can be reached', () => {
  const reached = new Set([...routes, ...stages].flatMap(({ next }) => next))
  assert.deepEqual([...reached].sort(), stages.map(({ name }) => name).sort())
})

test('ARCHITECTURE.md draws the table', () => {
  const drawing = [
    'stateDiagram-v2',
    '  direction LR',
    ...stages.map(({ name, asks }) => `  ${name}: ${name} asks ${asks}`),
    ...[...routes, ...stages].flatMap(({ name, next }) => next.map((stage) => `  ${name} --> ${stage}`)),
  ].join('\n')
  const page = readFileSync(PAGE, 'utf8')
  const drawn = page.replace(/(?<=^```mermaid\n)[^`]*(?=^```$)/m, `${drawing}\n`)
  if (process.env.UPDATE_DOCS === '1') writeFileSync(PAGE, drawn)
  else assert.equal(page, drawn)
})
