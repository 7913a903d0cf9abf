// How far one word is from another, beside the definition: the shortest way of single changes that touch no letter twice.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countSlips } from '../../dist/terminal/slips.js'

/** By the definition, which is slow. @param {string} one @param {string} other */
const define = (one, other) => {
  if (one === '' || other === '') return one.length + other.length
  const [a, b] = [one.slice(1), other.slice(1)]
  const isSwapped = one.length > 1 && one[0] === other[1] && one[1] === other[0]
  return Math.min(
    define(a, b) + (one[0] === other[0] ? 0 : 1),
    define(a, other) + 1,
    define(one, b) + 1,
    ...(isSwapped ? [define(one.slice(2), other.slice(2)) + 1] : []),
  )
}

test('added, left out, changed, swapped', () => {
  for (const [one, other, wanted] of [
    ['', '', 0],
    ['github', 'github', 0],
    ['githbu', 'github', 1],
    ['gitub', 'github', 1],
    ['giithub', 'github', 1],
    ['gothub', 'github', 1],
    ['ab', 'ba', 1],
    ['ca', 'abc', 3],
    ['', 'line', 4],
  ])
    assert.equal(countSlips(one, other), wanted, `${one} ${other}`)
})

test('all words of up to four letters', () => {
  const words = ['']
  for (const word of words) if (word.length < 4) words.push(`${word}a`, `${word}b`, `${word}c`)
  for (const one of words)
    for (const other of words) assert.equal(countSlips(one, other), define(one, other), `${one} ${other}`)
})
