// What the safe-`next` check has to answer, by whatwg-url and by the promises of wasm/rules/next.hpp.
import assert from 'node:assert/strict'
import { parseURL, serializePath, serializeURL, serializeURLOrigin } from 'whatwg-url'
import { checkNext } from '../../../dist/index.js'
import { makeInputs } from '../../safe-next/inputs.mjs'

const bases = new Map()

/** The URL Standard's opinion on a reference; a base is parsed once, since that takes the most time. */
const resolve = (reference, base) => {
  if (!bases.has(base)) bases.set(base, parseURL(base))
  return parseURL(reference, { baseURL: bases.get(base) })
}

/** The path with every well-formed percent sequence decoded, one character for each byte. */
export const decodeOnce = (path) =>
  path.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))

/** Whether some prefix of the decoded path, cut before a slash, resolves to a path that starts with two slashes. */
const leavesWhenDecoded = (path) => {
  const segments = decodeOnce(path).replaceAll('\\', '/').slice(1).split('/').slice(0, -1)
  const stack = []
  for (const segment of segments) {
    const plain = segment.replace(/%2e/gi, '.')
    if (plain === '..') stack.pop()
    else if (plain !== '.') stack.push(segment)
    if (stack[0] === '') return true
  }
  return false
}

/** The rule once more, written as it is explained: with whatwg-url, regular expressions and no care for speed. */
function wanted(input, origin) {
  const next = input.startsWith(`${origin}/`) ? input.slice(origin.length) : input
  if (!/^\/(?!\/)/.test(next) || / $/.test(next)) return null
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\x00-\x1f\x7f]/.test(next)) return null
  const [path] = /^[^?#]*/.exec(next)
  if (path.includes('\\') || /%([01][0-9a-f]|7f)/i.test(path)) return null
  if (path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment))) return null
  if (leavesWhenDecoded(path)) return null
  return serializeURL(resolve(next, origin)).slice(origin.length).replaceAll('\\', '%5C')
}

function checkProperties(output, origin) {
  assert.match(output, /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/, 'safe form')
  assert.equal(checkNext(output, origin), output, 'fixed point')
  for (const base of ['/', '/auth/callback', '/a/b/c/?q#f']) {
    assert.equal(serializeURL(resolve(output, origin + base)), origin + output, 'position-independent')
  }
  const [path] = /^[^?#]*/.exec(output)
  const again = decodeOnce(path)
  const elsewhere = resolve(again + output.slice(path.length), origin)
  assert.equal(serializeURLOrigin(elsewhere), origin, 'origin after one more decode')
  assert.ok(!serializePath(resolve(again, origin)).startsWith('//'), 'path after one more decode')
  assert.doesNotMatch(again, /[\r\n]/, 'no line break after one more decode')
}

/**
 * Compares blocks of generated inputs; throws at the first one that is answered otherwise.
 *
 * @param {number} seed @param {number} blocks how many, from the first
 */
export function compareWithStandard(seed, blocks) {
  const count = { inputs: 0, ordinary: 0, accepted: 0, refused: 0 }
  for (let block = 0; block < blocks; ++block) {
    for (const { input, origin, isOrdinary } of makeInputs(seed, block)) {
      const output = checkNext(input, origin)
      try {
        assert.equal(output, wanted(input, origin))
        if (isOrdinary) assert.notEqual(output, null, 'an ordinary target is refused')
        if (output !== null) checkProperties(output, origin)
      } catch (error) {
        const where = `input ${JSON.stringify(input)}, origin ${origin}, seed ${seed}, block ${block}`
        throw new Error(`${where}: ${error.message}`, { cause: error })
      }
      count.inputs += 1
      count.ordinary += isOrdinary ? 1 : 0
      count[output === null ? 'refused' : 'accepted'] += 1
    }
  }
  const { inputs, ordinary, accepted, refused } = count
  assert.ok(ordinary > inputs / 8 && accepted > ordinary && refused > inputs / 8, JSON.stringify(count))
  return count
}
