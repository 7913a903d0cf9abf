/** The plain characters are the printable ones from the space to `|`, without the quote and the backslash. */
const PLAIN = 91
const LAST_PLAIN = 0x7c

/**
 * Undoes tools/inline.mjs, in place; without Node's Buffer, which not every runtime has.
 * @param {Uint8Array} bytes
 * @returns {number} how many bytes there are now
 */
const decode = (bytes) => {
  let size = 0
  for (let i = 0; i < bytes.length; i++) {
    let character = /** @type {number} */ (bytes[i])
    let base = -32
    if (character > LAST_PLAIN) {
      base += PLAIN * (0x7f - character)
      character = /** @type {number} */ (bytes[++i])
    }
    bytes[size++] = base + character - (character > 0x27 ? 1 : 0) - (character > 0x5c ? 1 : 0)
  }
  return size
}

/**
 * A function that gives the compiled module of a text. It compiles at the first use, and all instances share the
 * module. It is synchronous: every runtime that takes inlined Wasm allows that for a module of this size.
 * @param {string} text of tools/inline.mjs
 * @returns {() => any} gives a WebAssembly.Module
 */
export const compileOnce = (text) => {
  /** @type {unknown} */
  let compiled
  return () => {
    if (compiled) return compiled
    const bytes = new TextEncoder().encode(text)
    compiled = new WebAssembly.Module(bytes.subarray(0, decode(bytes)))
    return compiled
  }
}
