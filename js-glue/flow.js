import { tryEntropy } from './entropy.js'
import * as BODY from './generated/messages/body.js'
import * as FETCH from './generated/messages/fetch.js'
import * as OPERATION from './generated/messages/operation.js'
import * as REQUEST from './generated/messages/request.js'
import * as RESPOND from './generated/messages/respond.js'
import * as STEP from './generated/messages/step.js'
import { now, readBody, readRequest } from './request.js'
import { sign } from './sign.js'
import { field, toError } from './step.js'
import { isNotRenewed } from './transport.js'
import { verify } from './verify.js'

/** @typedef {import('./message.js').Field} Field */
/** @typedef {import('./request.js').RequestLike} RequestLike */
/** @typedef {import('./transport.js').FetchResult} FetchResult */

/**
 * Asks the app's hook for a SESSION, SIGN_OUT or REVOKED step, and fills the fields of REQUEST that it decides.
 * @typedef {(step: string[], fields: Field[]) => Promise<FetchResult>} AskApp
 */

/**
 * A request on its way through the core. `renews` is false where the cookies of a renewal would be lost;
 * `isUnrenewed` tells that the last FETCH was such a renewal, which nobody made.
 * @typedef {{ request: RequestLike, fields: Field[], step: string[], renews?: boolean, isUnrenewed?: boolean,
 *   asked?: Asked | undefined }} Run
 */

/**
 * The last FETCH or VERIFY of a request, where the response depends on it: its URL without the query, empty for a
 * VERIFY, and the thrown value.
 * @typedef {{ url: string, cause: unknown }} Asked
 */

/** A flow asks a handful of questions; one that asks more is broken. */
const MAX_STEPS = 16

/**
 * Stands in for the result when a step brings no result.
 * @type {FetchResult}
 */
export const NO_RESULT = { failure: '', status: '', contentType: '', body: '' }

/**
 * Whole seconds; 0 where the clock was set back.
 * @param {number} at milliseconds since 1970
 */
const ageOf = (at) => String(Math.max(0, Math.floor((Date.now() - at) / 1000)))

/**
 * @param {string[]} step FETCH
 * @param {FetchResult} result
 * @returns {Asked}
 */
const toAsked = (step, { cause }) => ({ url: field(step, FETCH.url).replace(/[?#].*$/s, ''), cause })

/** Carries out the core's steps until the core has a response for the browser. This class does not know the reasons. */
export class Flow {
  #core
  #transport
  #check

  /**
   * @param {import('./core.js').Core} core
   * @param {import('./transport.js').Transport} transport
   * @param {import('./signature.js').Verify | undefined} [check]
   */
  constructor(core, transport, check) {
    this.#core = core
    this.#transport = transport
    this.#check = check
  }

  /**
   * The first step for a request; undefined when no route of ours is meant.
   * @param {RequestLike} request
   * @param {Field[]} fields of REQUEST, as readRequest gives them; the flow fills in the rest
   * @param {number} [operation]
   * @returns {Run | undefined}
   */
  begin(request, fields, operation = OPERATION.serve) {
    const step = this.#call(operation, fields)
    return step.length === 0 ? undefined : { request, fields, step }
  }

  /**
   * A call of the core with random bytes of its own.
   * @param {number} operation
   * @param {Field[]} fields
   */
  #call(operation, fields) {
    const entropy = tryEntropy()
    fields[REQUEST.entropy] = entropy
    try {
      return this.#core.call(operation, fields)
    } finally {
      entropy.fill(0)
    }
  }

  /**
   * Carries out steps until the core responds.
   * @param {Run} run gets `asked` and `isUnrenewed`
   * @param {AskApp} ask
   * @param {number} [operation]
   * @returns {Promise<string[]>} RESPOND, STORED_SESSION, ACCESS_TOKEN or LOGOUT
   */
  async finish(run, ask, operation = OPERATION.serve) {
    const { request, fields } = run
    let { step } = run
    /** @type {string[] | undefined} */
    let fetched
    /** @type {FetchResult} */
    let result = NO_RESULT
    for (let i = 0; i < MAX_STEPS; i++) {
      if (fetched && step[RESPOND.keep] === '1') this.#transport.keep(fetched, result)
      fetched = undefined
      switch (Number(step[0])) {
        case STEP.respond:
          if (step[RESPOND.forget]) this.#transport.forget(step[RESPOND.forget])
          return step
        case STEP.stored_session:
        case STEP.access_token:
        case STEP.logout:
          return step
        case STEP.fetch:
          // An answer without an age is never kept, such as tokens of a sign-in.
          if (step[FETCH.max_age] !== '0') fetched = step
          result = await this.#transport.perform(step, run.renews)
          run.isUnrenewed = isNotRenewed(result)
          run.asked = toAsked(step, result)
          break
        case STEP.verify:
          result = await verify(step, this.#check)
          run.asked = { url: '', cause: result.cause }
          break
        case STEP.sign:
          result = await sign(step)
          break
        case STEP.body:
          fields[REQUEST.body] = await readBody(request, Number(step[BODY.max_bytes]))
          fields[REQUEST.has_body] = '1'
          result = NO_RESULT
          break
        default:
          result = await ask(step, fields)
      }
      fields[REQUEST.now] = now()
      fields[REQUEST.resume] = field(step, RESPOND.resume)
      fields[REQUEST.failure] = result.failure
      fields[REQUEST.status] = result.status
      fields[REQUEST.content_type] = result.contentType
      fields[REQUEST.answer] = result.body
      fields[REQUEST.retry_after] = result.retryAfter ?? ''
      fields[REQUEST.age] = result.at === undefined ? '' : ageOf(result.at)
      fields[REQUEST.cause] = result.causeName ?? ''
      step = this.#call(operation, fields)
    }
    throw new Error('landfall: the flow does not end')
  }

  /**
   * Loads and keeps the metadata of a provider.
   * @param {string} provider
   * @throws {LandfallError} when it cannot be had or is not valid
   */
  async loadMetadata(provider) {
    /** @type {any} */
    const request = { method: 'GET', url: `/?provider=${provider}`, headers: new Map() }
    const operation = OPERATION.load_metadata
    const run = /** @type {Run} */ (this.begin(request, readRequest(request), operation))
    const step = await this.finish(run, async () => NO_RESULT, operation)
    if (step[RESPOND.code] !== '') throw toError(step, run.asked?.cause)
  }
}
