import { LandfallError } from '../error.js'
import { NO_RESULT } from '../flow.js'
import * as OPERATION from '../generated/messages/operation.js'
import * as REQUEST from '../generated/messages/request.js'
import * as RESPOND from '../generated/messages/respond.js'
import * as SESSION from '../generated/messages/session.js'
import * as STEP from '../generated/messages/step.js'
import { readRequest, Unreadable } from '../request.js'
import { field, redirectTypeOf } from '../step.js'
import { toWholeRequest } from './handler.js'
import { readHookResult, refuseRedirect } from './hook-result.js'
import { lastReply, toReply } from './reply.js'

/** @typedef {import('../flow.js').Run} Run */
/** @typedef {import('./reply.js').Reply} Reply */
/** @typedef {import('../request.js').RequestLike} RequestLike */
/** @typedef {{ headers: Reply['headers'], hook: string, cause?: unknown }} Told the answer of the app's hook */

/** @type {import('../transport.js').FetchResult} */
const REFUSED = { ...NO_RESULT, failure: 'refused' }

/**
 * The routes of an app: each takes a request and gives a Reply, even when something throws. What the request itself
 * throws when it is read reaches the caller, without an event: frameworks control the rendering that way.
 * @param {import('../app.js').App} app
 */
export const makeHandlers = ({ core, flow, report, errorPath, options }) => {
  /**
   * @param {RequestLike} request
   * @param {string} route
   * @param {unknown} cause the thrown value
   */
  const fail = ({ method }, route, cause) => {
    try {
      const code = cause instanceof LandfallError ? cause.code : 'internal_error'
      const step = core.call(OPERATION.fail, [code, route, method])
      report(step, cause)
      return toReply(step)
    } catch {
      return lastReply(errorPath)
    }
  }

  /**
   * @param {RequestLike} request
   * @param {string[]} step SESSION or SIGN_OUT
   * @param {Told} told
   */
  const callHook = async (request, step, told) => {
    if (Number(step[0]) === STEP.sign_out) {
      told.hook = 'onSignOut'
      return options.onSignOut?.({ request: toWholeRequest(request) })
    }
    told.hook = 'onSession'
    const context = {
      get request() {
        return toWholeRequest(request)
      },
      provider: field(step, SESSION.provider),
      next: field(step, SESSION.next),
      redirectType: redirectTypeOf(step),
      current: JSON.parse(field(step, SESSION.current) || 'null'),
    }
    return options.onSession?.(JSON.parse(field(step, SESSION.session)), context)
  }

  /**
   * The route of a request, found from as little of it as possible; empty when no route matches.
   * @param {RequestLike} request
   */
  const findRoute = ({ url }) => {
    try {
      const request = { method: 'HEAD', url, headers: new Headers() }
      const run = flow.begin(request, readRequest(request))
      return run ? field(run.step, RESPOND.route) : ''
    } catch {
      return ''
    }
  }

  /**
   * @param {Run} run
   * @param {string} route
   */
  const finish = async (run, route) => {
    const { request } = run
    /** @type {Told} */
    const told = { headers: [], hook: '' }
    try {
      const step = await flow.finish(run, async (step, fields) => {
        try {
          const said = await callHook(request, step, told)
          const result = readHookResult(told.hook, said)
          fields[REQUEST.redirect] = result.redirect
          fields[REQUEST.revoke_provider] = result.provider
          fields[REQUEST.revoke_token] = result.token
          fields[REQUEST.token_type_hint] = result.token_type_hint
          fields[REQUEST.data] = result.data
          told.headers = result.headers
          return NO_RESULT
        } catch (cause) {
          told.cause = cause
          return REFUSED
        }
      })
      if (step[RESPOND.parameter] === 'redirect') told.cause = refuseRedirect(told.hook)
      report(step, told.cause, run.asked)
      return toReply(step, told.cause === undefined ? told.headers : [])
    } catch (error) {
      if (error instanceof Unreadable) throw error.thrown
      // `handle` names no route, and findRoute cannot tell that a request for the site's root is for the callback.
      return fail(request, route || findRoute(request) || 'callback', error)
    }
  }

  /** @param {string} route */
  const handler = (route) => async (/** @type {RequestLike} */ request) => {
    const fields = readRequest(request, route)
    let run
    try {
      run = /** @type {Run} */ (flow.begin(request, fields))
    } catch (error) {
      return fail(request, route, error)
    }
    return finish(run, route)
  }

  return {
    signIn: handler('sign_in'),
    callback: handler('callback'),
    confirm: handler('confirm'),
    error: handler('error'),
    signOut: handler('sign_out'),

    /**
     * @param {RequestLike} request
     * @returns {Promise<Reply> | undefined}
     */
    handle(request) {
      const fields = readRequest(request)
      let run
      try {
        run = flow.begin(request, fields)
      } catch (error) {
        // The core could not read the request: it is too large, or the core trapped. Find its route here.
        const route = findRoute(request)
        return route === '' ? undefined : Promise.resolve(fail(request, route, error))
      }
      return run && finish(run, '')
    },
  }
}
