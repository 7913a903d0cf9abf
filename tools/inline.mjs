// core.wasm as text inside JavaScript: the one form that every bundler carries along and that loads synchronously.

/** The characters of a string in single quotes that need no escape, without the two that announce a byte further up. */
const PLAIN = Array.from({ length: 93 }, (_, i) => String.fromCharCode(0x20 + i)).filter(
  (character) => !"'\\".includes(character),
)
const MARKS = ['~', '}']

/**
 * Each byte is one character, or a mark and one: nine in ten bytes of a module are small. Unlike base64 it leaves every byte where
 * it was, so that what compresses in the file compresses here: brotli makes it 3 % larger than the file, base64 29 %.
 * @param {Uint8Array} bytes
 */
export const toText = (bytes) => {
  let text = ''
  for (const byte of bytes) {
    const times = Math.floor(byte / PLAIN.length)
    text += (times > 0 ? MARKS[times - 1] : '') + PLAIN[byte % PLAIN.length]
  }
  return text
}

/** @param {Uint8Array} bytes */
export const toModule = (bytes) =>
  [
    '// Written by tools/build.mjs.',
    '/** The module as tools/inline.mjs writes it. @type {string} */', // else the declaration would repeat the whole text
    `const text = '${toText(bytes)}'`,
    'export default text',
    '',
  ].join('\n')
