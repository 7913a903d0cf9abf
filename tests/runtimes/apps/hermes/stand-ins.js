// What React Native gives to the engine, and the bare program of Hermes lacks. Its random bytes are none: Landfall only has to draw them.

/** What is missing here, before this file adds it. */
export const missing = [
  'WebAssembly',
  'crypto',
  'TextEncoder',
  'TextDecoder',
  'URL',
  'URLSearchParams',
  'fetch',
  'atob',
  'document',
].filter((name) => globalThis[name] === undefined)

const toBytes = (text) => Uint8Array.from(unescape(encodeURIComponent(text)), (one) => one.charCodeAt(0))

globalThis.TextEncoder = class {
  encode(text) {
    return toBytes(text)
  }
  encodeInto(text, into) {
    const bytes = toBytes(text)
    if (bytes.length > into.length) return { read: 0, written: 0 }
    into.set(bytes)
    return { read: text.length, written: bytes.length }
  }
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

globalThis.btoa = (binary) => {
  let text = ''
  for (let i = 0; i < binary.length; i += 3) {
    const [a, b, c] = [0, 1, 2].map((at) => binary.charCodeAt(i + at))
    const bits = (a << 16) | (b << 8) | c
    const digits = [18, 12, 6, 0].map((shift) => DIGITS[(bits >> shift) & 63]).join('')
    text += digits.slice(0, Math.min(binary.length - i, 3) + 1).padEnd(4, '=')
  }
  return text
}

globalThis.atob = (text) => {
  let binary = ''
  let bits = 0
  let count = 0
  for (const digit of text.replace(/=+$/, '')) {
    bits = ((bits << 6) | DIGITS.indexOf(digit)) & 0xffff
    count += 6
    if (count < 8) continue
    count -= 8
    binary += String.fromCharCode((bits >> count) & 0xff)
  }
  return binary
}

let seed = 1
/** Other bytes from now on. */
globalThis.seedRandom = (other) => {
  seed = other
}
globalThis.crypto = {
  getRandomValues(bytes) {
    for (let i = 0; i < bytes.length; i++) {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
      bytes[i] = seed >>> 16
    }
    return bytes
  },
}

// Expo's own. Its URL needs both of these as it loads.
globalThis.TextDecoder = require('expo/src/winter/TextDecoder').TextDecoder
Object.assign(globalThis, require('whatwg-url-minimum'))

globalThis.Request = class {}
globalThis.AbortController = class {
  signal = { aborted: false }
  abort() {
    this.signal.aborted = true
  }
}
