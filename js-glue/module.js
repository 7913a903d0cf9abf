import base64 from './generated/core.b64.js'

/** @type {unknown} */
let compiled

/** Decodes base64 without Node's Buffer, which not every runtime has. @param {string} text */
const decode = (text) => {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

/**
 * The compiled core, made at the first use and shared by every instance; synchronous, since every runtime that takes inlined
 * Wasm allows that for a module of this size.
 * @returns {any} a WebAssembly.Module
 */
export const getModule = () => {
  compiled ??= new WebAssembly.Module(decode(base64))
  return compiled
}
