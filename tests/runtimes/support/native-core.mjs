// The class Core of the package, with the native library in place of the module; native-hook.mjs puts it there.
import * as OPERATION from '../../../dist/generated/messages/operation.js'
import { NativeHost } from './native-host.mjs'

/** @type {NativeHost | undefined} */
let host

export class Core {
  #config
  #number
  #isConfigured

  /** @param {unknown} _ the module, which is not needed @param {string} [config] */
  constructor(_, config) {
    host ??= new NativeHost(/** @type {string} */ (process.env.LANDFALL_NATIVE_HOST))
    this.#number = host.makeConfiguration()
    this.#config = config
    this.#isConfigured = config === undefined
  }

  /** @param {number} operation @param {(string | Uint8Array)[]} fields */
  call(operation, fields) {
    if (!this.#isConfigured) this.configure()
    return this.#perform(operation, fields)
  }

  /** @param {string} next @param {string} origin */
  checkNext(next, origin) {
    const answer = this.#perform(OPERATION.check_next, next.startsWith('/') ? [next] : [next, origin])
    return [null, answer[0], next][answer.length]
  }

  configure() {
    this.#isConfigured = true
    return this.#perform(OPERATION.configure, [/** @type {string} */ (this.#config)])
  }

  #perform(operation, fields) {
    const answer = /** @type {NativeHost} */ (host).call(this.#number, operation, fields)
    return answer.map((field) => field.toString('latin1'))
  }
}
