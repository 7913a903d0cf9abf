// The numbers of wasm/base/limits.hpp, for the tests that hold the product to them.
import { readFileSync } from 'node:fs'

const text = readFileSync(new URL('../../../wasm/base/limits.hpp', import.meta.url), 'utf8')

/** @param {string} name such as kFetchDeadlineMilliseconds */
export const readLimit = (name) => {
  const [, value, shift = '0'] = new RegExp(`\\b${name} = ([\\d']+)u?(?: << (\\d+))?;`).exec(text) ?? []
  if (!value) throw new Error(`limits.hpp has no ${name}`)
  return Number(value.replaceAll("'", '')) * 2 ** Number(shift)
}
