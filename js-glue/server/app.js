import { makeApp } from '../app.js'
import { readOptions } from '../config.js'
import { tryEntropy } from '../entropy.js'
import * as OPERATION from '../generated/messages/operation.js'
import * as REQUEST from '../generated/messages/request.js'
import * as RESPOND from '../generated/messages/respond.js'
import * as STEP from '../generated/messages/step.js'
import * as STORED_SESSION from '../generated/messages/stored-session.js'
import { readRequest } from '../request.js'
import { expect, field, toError } from '../step.js'
import { makeHandlers } from './handlers.js'
import { toReply } from './reply.js'

const MAKER = 'createAuth'

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

  return {
    ...makeHandlers(app),
    start: app.start,
    check: app.check,
    providers: app.providers,
    ready: app.ready,

    /** @param {RequestLike} request */
    readSession: (request) => toFound(ask(OPERATION.read_session, request)),

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
     * @returns {{ session: any, setCookie: string[], reply?: undefined } | { reply: import('./reply.js').Reply }}
     * @throws {LandfallError} session_off
     */
    requireSession(request) {
      const step = ask(OPERATION.require_session, request)
      if (Number(step[0]) !== STEP.respond) return toFound(step)
      if (field(step, RESPOND.code) === 'session_off') throw toError(step)
      return { reply: toReply(step) }
    },
  }
}
