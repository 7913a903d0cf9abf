// How much the doctor shows of a text that somebody else wrote.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clean } from '../../dist/terminal/clean.js'

const MOST = 500
const GAP = ' … '

test('a text of 500 characters is shown whole; a longer one loses its middle, and shows that it does', () => {
  for (const one of ['x', '😀']) {
    assert.equal(clean(one.repeat(MOST)), one.repeat(MOST))
    const cut = one.repeat(MOST - 150 - GAP.length) + GAP + one.repeat(150)
    for (const count of [501, 502, 1000, 1002, 5000])
      assert.equal(clean(one.repeat(count)), cut, `${count} ${one}`)
  }
})

test('a key is shown nowhere, however long it is', () => {
  for (const count of [8, 997, 998, 5000]) {
    const token = `eyJ${'a'.repeat(count)}.${'b'.repeat(count)}.${'c'.repeat(count)}`
    assert.equal(clean(`key ${token}: refused`), 'key eyJ…: refused', `${count}`)
  }
})

test('a long text keeps its beginning and its end, to the character', () => {
  const text = Array.from({ length: 3000 }, (_, i) => String.fromCharCode(0x4e00 + i)).join('')
  assert.equal(clean(text), text.slice(0, MOST - 150 - GAP.length) + GAP + text.slice(-150))
})
