// `node --import` of this file: the package asks the native library of LANDFALL_NATIVE_HOST, a program of tests/native-host.
import { register } from 'node:module'

const CORE = new URL('../../../dist/core.js', import.meta.url).href
const NATIVE = new URL('./native-core.mjs', import.meta.url).href

/** @param {string} specifier @param {any} context @param {Function} next */
export const resolve = async (specifier, context, next) => {
  const found = await next(specifier, context)
  return found.url === CORE ? { ...found, url: NATIVE } : found
}

// The same file is the hook, in a thread of its own, which registers nothing.
if (!import.meta.url.endsWith('?hook')) register(`${import.meta.url}?hook`)
