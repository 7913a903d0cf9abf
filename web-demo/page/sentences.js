// What error codes mean. The module on this page has the sentences already, so the page carries no second copy.
import { Core } from '../../js-glue/core.js'
import * as OPERATION from '../../js-glue/generated/messages/operation.js'
import { getModule } from '../../js-glue/module.js'

/** @type {{ code: string, message: string }[] | undefined} */
let errors

/**
 * The sentence of a code; empty for none.
 * @param {string} code
 */
export const sentenceOf = (code) => {
  errors ??= JSON.parse(`${new Core(getModule).call(OPERATION.describe, [])}`).errors
  return errors?.find((error) => error.code === code)?.message ?? ''
}
