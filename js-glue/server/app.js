import { makeApp } from '../app.js'
import { refuseArgument } from '../arguments.js'
import { readOptions } from '../config.js'
import { tryEntropy } from '../entropy.js'
import { LandfallError } from '../error.js'
import { NO_RESULT } from '../flow.js'
import * as ACCESS_TOKEN from '../generated/messages/access-token.js'
import * as LOGOUT from '../generated/messages/logout.js'
import * as OPERATION from '../generated/messages/operation.js'
import * as REQUEST from '../generated/messages/request.js'
import * as RESPOND from '../generated/messages/respond.js'
import * as REVOKED from '../generated/messages/revoked.js'
import * as STEP from '../generated/messages/step.js'
import * as STORED_SESSION from '../generated/messages/stored-session.js'
import { readRequest, Unreadable } from '../request.js'
import { expect, field, setCookiesOf, toError } from '../step.js'
import { makeHandlers } from './handlers.js'
import { toReply } from './reply.js'

const MAKER = 'createAuth'

/** @typedef {import('./reply.js').Reply} Reply */
/** @typedef {import('../request.js').RequestLike} RequestLike */

/**
 * The session of a STORED_SESSION step.
 * @param {string[]} step
 * @returns {{ session: any, setCookie: string[] }}
 * @throws {LandfallError} the error of another step
 */
const toFound = (step) => {
  const json = field(expect(step, STEP.stored_session), STORED_SESSION.session)
  return {
    session: json === '' ? null : JSON.parse(json),
    setCookie: step.slice(STORED_SESSION.set_cookie_0),
  }
}

/**
 * What the caller's own request throws when it is read reaches the caller unchanged.
 * @param {unknown} error of a flow
 * @returns {never}
 * @throws {LandfallError} internal_error for everything else that is none
 */
const fail = (error) => {
  if (error instanceof Unreadable) throw error.thrown
  if (error instanceof LandfallError) throw error
  throw Object.assign(new LandfallError('internal_error'), { cause: error })
}

/**
 * The functions of one configuration on a server. createAuth gives them the shape that apps know.
 * @param {() => unknown} getModule
 * @param {unknown} given the options
 * @throws {LandfallError} config_invalid
 */
export const makeServerApp = (getModule, given) => {
  const app = makeApp(getModule, MAKER, readOptions(MAKER, given))

  /**
   * An operation on the session of a request.
   * @param {number} operation
   * @param {RequestLike} request
   * @param {string} [data] JSON
   * @param {string} [user] JSON
   */
  const ask = (operation, request, data = '', user = '') => {
    const fields = readRequest(request)
    fields[REQUEST.data] = data
    fields[REQUEST.user] = user
    const entropy = tryEntropy()
    fields[REQUEST.entropy] = entropy
    try {
      return app.core.call(operation, fields)
    } finally {
      entropy.fill(0)
    }
  }

  /**
   * A question about a request whose answer takes steps.
   * @param {number} operation
   * @param {RequestLike} request
   * @param {{ minimum?: string, renews?: boolean }} [asked]
   */
  const question = async (operation, request, { minimum = '', renews = true } = {}) => {
    const fields = readRequest(request)
    fields[REQUEST.minimum] = minimum
    /** @type {unknown} */
    let thrown
    const run = /** @type {import('../flow.js').Run} */ (app.flow.begin(request, fields, operation))
    run.renews = renews
    const answer = app.flow.finish(
      run,
      async (step) => {
        try {
          const isRevoked = await app.options.isRevoked?.(JSON.parse(field(step, REVOKED.session)))
          // A forgotten `return` must not let an ended session in.
          if (typeof isRevoked !== 'boolean')
            refuseArgument('isRevoked', 'its result', { name: 'true or false' })
          return { ...NO_RESULT, status: isRevoked ? '1' : '0' }
        } catch (cause) {
          thrown = cause
          return { ...NO_RESULT, failure: 'refused' }
        }
      },
      operation,
    )
    const step = await answer.catch(fail)
    // A session that is over until somebody renews it: the core holds that for a failure.
    const isOver = run.isUnrenewed && Number(step[0]) === STEP.respond
    if (Number(step[0]) === STEP.respond && !isOver) app.report(step, thrown, run.asked)
    return { step, isOver, cause: thrown ?? run.asked?.cause }
  }

  /**
   * The answer to a question. An error carries the cookies that go with it.
   * @param {{ step: string[], cause: unknown }} answer
   * @throws {LandfallError}
   */
  const found = ({ step, cause }) => {
    if (Number(step[0]) === STEP.respond)
      throw Object.assign(toError(step, cause), { setCookie: setCookiesOf(step) })
    return step
  }

  return {
    ...makeHandlers(app),
    start: app.start,
    check: app.check,
    providers: app.providers,
    ready: app.ready,

    /** @param {RequestLike} request */
    getSession: (request) => toFound(ask(OPERATION.get_session, request)),

    /**
     * @param {RequestLike} request
     * @param {string} user JSON
     * @param {string} data JSON; empty for none
     */
    createSession: (request, user, data) => toFound(ask(OPERATION.create_session, request, data, user)),

    /**
     * @param {RequestLike} request
     * @param {string} data JSON
     */
    updateSession: (request, data) => toFound(ask(OPERATION.update_session, request, data)),

    /**
     * @param {RequestLike} request
     * @param {boolean} [renews] false where cookies cannot be set
     */
    async verifySession(request, renews = true) {
      const answer = await question(OPERATION.get_user, request, { renews })
      return answer.isOver ? { session: null, setCookie: [] } : toFound(found(answer))
    },

    /**
     * @param {RequestLike} request
     * @returns {Promise<{ session: any, setCookie: string[], reply?: undefined } | { reply: Reply }>}
     * @throws {LandfallError} session_off
     */
    async requireSession(request) {
      const { step } = await question(OPERATION.require_session, request)
      if (Number(step[0]) !== STEP.respond) return toFound(step)
      if (field(step, RESPOND.code) === 'session_off') throw toError(step)
      return { reply: toReply(step) }
    },

    /**
     * @param {RequestLike} request
     * @param {string} minimum seconds
     */
    async getAccessToken(request, minimum) {
      const step = expect(
        found(await question(OPERATION.get_access_token, request, { minimum })),
        STEP.access_token,
      )
      const expiresAt = field(step, ACCESS_TOKEN.expires_at)
      return {
        accessToken: field(step, ACCESS_TOKEN.access_token),
        expiresAt: expiresAt === '' ? null : Number(expiresAt),
        setCookie: step.slice(ACCESS_TOKEN.set_cookie_0),
      }
    },

    /** @param {RequestLike} request */
    async verifyLogoutToken(request) {
      const step = expect(found(await question(OPERATION.verify_logout_token, request)), STEP.logout)
      return {
        provider: field(step, LOGOUT.provider),
        sub: field(step, LOGOUT.sub) || null,
        sid: field(step, LOGOUT.sid) || null,
        jti: field(step, LOGOUT.jti),
      }
    },
  }
}
