// What error codes mean. The module on this page has the sentences already, so the page carries no second copy.
import { Core } from '../../js-glue/core.js'
import * as OPERATION from '../../js-glue/generated/messages/operation.js'
import { getModule } from '../../js-glue/module.js'

/** @type {Map<string, string> | undefined} */
let sentences

/**
 * The sentence of a code; empty for none.
 * @param {string} code
 */
export const sentenceOf = (code) => {
  if (!sentences) {
    const [json = '{}'] = new Core(getModule).call(OPERATION.describe, [])
    sentences = new Map(
      JSON.parse(json).errors.map((/** @type {any} */ error) => [error.code, error.message]),
    )
  }
  return sentences.get(code) ?? ''
}
