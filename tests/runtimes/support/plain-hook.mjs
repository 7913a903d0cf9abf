// `node --jitless --import` of this file: there is no WebAssembly, and the package has its core as plain JavaScript.
import { register } from 'node:module'
import { fetchOverHttp } from './fetch-over-http.mjs'

const dist = (path) => new URL(`../../../dist/${path}`, import.meta.url).href
const PLAIN = {
  [dist('module.js')]: new URL('./plain-module.mjs', import.meta.url).href,
  [dist('browser/module.js')]: new URL('./plain-browser-module.mjs', import.meta.url).href,
}

/** @param {string} specifier @param {any} context @param {Function} next */
export const resolve = async (specifier, context, next) => {
  const found = await next(specifier, context)
  return { ...found, url: PLAIN[found.url] ?? found.url }
}

/** Node's own `fetch` and its kin load a module that nothing here compiles: it waits for ever, and another one sends. */
const replaceFetch = async () => {
  globalThis.WebAssembly = { compile: () => new Promise(() => {}) }
  await fetch('data:,')
  Reflect.deleteProperty(globalThis, 'WebAssembly')
  globalThis.fetch = fetchOverHttp
}

// The same file is the hook, in a thread of its own, which registers nothing.
if (!import.meta.url.endsWith('?hook')) {
  register(`${import.meta.url}?hook`)
  await replaceFetch()
}
