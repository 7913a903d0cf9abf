/** The printable characters that need no escape in single quotes, without the two marks `}` and `~`. */
export const CHARACTERS =
  ' !"#$%&()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|'
/** Those that a module needs least stand for the bytes 0 to 31. */
const SMALL = '%&*+359>?CDHJKLMNOPQRUVWXYZ[]^z|'
const ROW = 0x80

/**
 * The bytes that the characters stand for: each alone, then each behind `~`, then each behind `}`. Most are themselves,
 * so that text stays text, and compresses as such.
 * @returns {number[]}
 */
export const listBytes = () => {
  const alone = [...CHARACTERS].map((character) => {
    const small = SMALL.indexOf(character)
    return small < 0 ? character.charCodeAt(0) : small
  })
  const others = Array.from({ length: 0x100 }, (_, byte) => byte).filter((byte) => !alone.includes(byte))
  return [...alone, ...others]
}

/**
 * Undoes `toText` of tools/inline.mjs, in place; without Node's Buffer, which not every runtime has.
 * @param {string} text
 * @returns {Uint8Array}
 */
export const fromText = (text) => {
  const bytes = new TextEncoder().encode(text)
  const table = new Uint8Array(3 * ROW)
  for (const [index, byte] of listBytes().entries()) {
    const row = Math.floor(index / CHARACTERS.length)
    table[row * ROW + CHARACTERS.charCodeAt(index % CHARACTERS.length)] = byte
  }
  let size = 0
  for (let i = 0; i < bytes.length; i++) {
    let at = /** @type {number} */ (bytes[i])
    if (at > 0x7c) at = (0x7f - at) * ROW + /** @type {number} */ (bytes[++i])
    bytes[size++] = /** @type {number} */ (table[at])
  }
  return bytes.subarray(0, size)
}

/**
 * A function that gives the compiled module of a text. It compiles at the first use, and all instances share the
 * module. It is synchronous, which every runtime that takes inlined Wasm allows, but pages in Chromium before 114.
 * @param {string} text
 * @param {(text: string) => Uint8Array} decode
 * @returns {() => any} gives a WebAssembly.Module
 */
export const compileOnce = (text, decode) => {
  /** @type {unknown} */
  let compiled
  return () => {
    compiled ??= new WebAssembly.Module(/** @type {any} */ (decode(text)))
    return compiled
  }
}
