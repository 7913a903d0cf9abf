// Codes of an authenticator app (RFC 6238): six digits of HMAC-SHA-1 over the half minutes since 1970.
import { createHmac } from 'node:crypto'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const PERIOD_MS = 30_000
const DIGITS = 6

/** Bytes as a secret for people to type (RFC 4648 6), without padding. @param {Uint8Array} bytes */
export const toBase32 = (bytes) => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

const fromBase32 = (text) => {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** @param {string} secret in Base32 @param {number} now in milliseconds */
export const totpAt = (secret, now) => {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now / PERIOD_MS)))
  const hash = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const at = hash[hash.length - 1] & 0xf
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** Whether it is the code of now, or of one period before or after. @param {string} code @param {string} secret @param {number} now */
export const isTotp = (code, secret, now) =>
  [-PERIOD_MS, 0, PERIOD_MS].some((skew) => totpAt(secret, now + skew) === code)
