// The module as text inside JavaScript: the one form that every bundler carries along and that loads synchronously.

import { CHARACTERS, listBytes } from '../js-glue/inlined.js'

const MARKS = ['', '~', '}']

/**
 * Each byte is one character, or a mark and one. Unlike base64 it leaves every byte where it was, so that what compresses in the file
 * compresses here: brotli makes it 2 % larger than the file, base64 29 %.
 * @param {Uint8Array} bytes
 */
export const toText = (bytes) => {
  const texts = []
  for (const [index, byte] of listBytes().entries())
    texts[byte] = MARKS[Math.floor(index / CHARACTERS.length)] + CHARACTERS[index % CHARACTERS.length]
  return Array.from(bytes, (byte) => texts[byte]).join('')
}

/** @param {Uint8Array} bytes */
export const toBase64 = (bytes) => Buffer.from(bytes).toString('base64')

/**
 * A module of JavaScript whose default is a text.
 * @param {string} text of toText or toBase64
 */
export const toModule = (text) =>
  [
    '// Written by tools/build.mjs.',
    '/** The module as tools/inline.mjs writes it. @type {string} */', // else the declaration would repeat the whole text
    `const text = '${text}'`,
    'export default text',
    '',
  ].join('\n')

/** The generated modules that hold one, and how: the base64 is for Node, which decodes it itself. */
export const TEXTS = { 'core-text.js': toText, 'core-base64.js': toBase64, 'browser-text.js': toText }
