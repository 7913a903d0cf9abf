// What the safe-`next` check answers for blocks of the generated list, short enough to compare across runtimes.
import { makeInputs } from './inputs.mjs'

/**
 * FNV-1a over UTF-16 code units; a text that is null counts as one that no answer can be.
 *
 * @param {(string | null)[]} texts
 */
export const hashTexts = (texts) => {
  let hash = 0x811c9dc5
  const add = (unit) => {
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193)
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193)
  }
  for (const text of texts) {
    const units = text ?? '\ufffe'
    for (let i = 0; i < units.length; ++i) add(units.charCodeAt(i))
    add(0xffff)
  }
  return hash >>> 0
}

/** The answers to a block of inputs. @returns {(string | null)[]} */
export const answerAll = (checkNext, inputs) => inputs.map(({ input, origin }) => checkNext(input, origin))

/** The inputs of a block and the answers to them, as one number each. */
export const hashBlock = (inputs, answers) => ({
  inputs: hashTexts(inputs.flatMap(({ input, origin }) => [input, origin])),
  answers: hashTexts(answers),
})

/** The hashes of the first blocks. @returns {{ inputs: number, answers: number }[]} */
export const hashBlocks = (checkNext, seed, blocks) =>
  Array.from({ length: blocks }, (_, block) => {
    const inputs = makeInputs(seed, block)
    return hashBlock(inputs, answerAll(checkNext, inputs))
  })
