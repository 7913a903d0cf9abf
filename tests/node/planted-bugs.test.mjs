// The bugs that `npm run fuzz:planted` plants: the code that each one changes is still there.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { BUGS } from '../../tools/planted-bugs.mjs'

const read = (file) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')

test('each stands in its file exactly once', () => {
  assert.ok(BUGS.length >= 20, `${BUGS.length} bugs`)
  for (const { bug, file, text } of BUGS) assert.equal(read(file).split(text).length, 2, `${bug}: ${file}`)
})

test('each changes something, and none is there twice', () => {
  for (const { bug, text, planted } of BUGS) assert.notEqual(text, planted, bug)
  assert.equal(new Set(BUGS.map(({ bug }) => bug)).size, BUGS.length)
})
