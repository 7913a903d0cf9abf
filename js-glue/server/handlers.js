import { drawEntropy } from '../entropy.js'
import { LandfallError } from '../error.js'
import { OPERATION, REQUEST, RESPOND } from '../generated/messages.js'
import { field, redirectTypeOf } from '../step.js'
import { toWholeRequest } from './handler.js'
import { extend, readHookAnswer } from './hook-answer.js'
import { lastReply, toReply } from './reply.js'

/** @typedef {import('../events.js').EventType} EventType */
/** @typedef {import('./reply.js').Reply} Reply */
/** @typedef {import('../request.js').RequestLike} RequestLike */

/** Nothing happened: a request that only looked ahead, or a page of ours with a button. @param {string[]} step */
const isQuiet = (step) => field(step, RESPOND.status) === '204' || field(step, RESPOND.page) === 'confirm'

/**
 * The routes of an app: each takes a request and gives a Reply, whatever happens.
 * @param {import('../app.js').App} app
 */
export const makeHandlers = ({ core, flow, report, paths, errorPath, options }) => {
  /** @param {RequestLike} request @param {EventType} type @param {string} code @param {string} [recovery] @param {unknown} [cause] */
  const fail = (request, type, code, recovery = '', cause) => {
    try {
      const step = core.call(OPERATION.fail, [code, recovery])
      if (type === 'error') {
        // A redirect to the error page would lead back here.
        step[RESPOND.status] = '200'
        step[RESPOND.page] = 'error'
        step.length = RESPOND.header_0
      }
      report(type, step, cause)
      return toReply(step, request, paths)
    } catch {
      return lastReply(errorPath)
    }
  }

  /** Runs a handler's flow; whatever is thrown on the way becomes an outcome. @param {EventType} type @param {(request: RequestLike) => Promise<Reply>} handler */
  const guard = (type, handler) => async (/** @type {RequestLike} */ request) => {
    try {
      return await handler(request)
    } catch (error) {
      return fail(request, type, error instanceof LandfallError ? error.code : 'internal_error', '', error)
    }
  }

  const signIn = guard('sign_in', async (request) => {
    const entropy = drawEntropy()
    try {
      const step = await flow.run(OPERATION.sign_in, request, { [REQUEST.entropy]: entropy })
      if (!isQuiet(step)) report('sign_in', step)
      return toReply(step, request, paths)
    } finally {
      entropy.fill(0)
    }
  })

  /** What may end in a session. @param {'callback' | 'confirm'} type @param {number} operation @param {RequestLike} request */
  const finish = async (type, operation, request) => {
    const step = await flow.run(operation, request)
    const reply = toReply(step, request, paths)
    if (isQuiet(step)) return reply
    if (field(step, RESPOND.session) !== '' && options.onSession) {
      const context = {
        get request() {
          return toWholeRequest(request)
        },
        provider: field(step, RESPOND.provider),
        next: field(step, RESPOND.next),
        redirectType: redirectTypeOf(step),
      }
      try {
        const answer = await options.onSession(JSON.parse(field(step, RESPOND.session)), context)
        extend(reply, readHookAnswer('onSession', answer, core))
      } catch (cause) {
        return fail(request, type, 'session_refused', field(step, RESPOND.recovery), cause)
      }
    }
    report(type, step)
    return reply
  }

  const callback = guard('callback', (request) => finish('callback', OPERATION.callback, request))
  const confirm = guard('confirm', (request) => finish('confirm', OPERATION.confirm, request))

  const error = guard('error', async (request) =>
    toReply(await flow.run(OPERATION.error_page, request), request, paths),
  )

  const signOut = guard('sign_out', async (request) => {
    let step = await flow.run(OPERATION.sign_out, request)
    if (isQuiet(step)) return toReply(step, request, paths)
    let extra = readHookAnswer('onSignOut', undefined, core)
    // A token that was not revoked is told; the person is signed out all the same.
    const isDone = ['', 'revocation_failed'].includes(field(step, RESPOND.code))
    if (isDone && options.onSignOut) {
      try {
        const answer = await options.onSignOut({ request: toWholeRequest(request) })
        extra = readHookAnswer('onSignOut', answer, core)
      } catch (cause) {
        return fail(request, 'sign_out', 'sign_out_failed', '', cause)
      }
      if (extra.token !== '')
        step = await flow.run(OPERATION.sign_out, request, {
          [REQUEST.revoke_provider]: extra.provider,
          [REQUEST.revoke_token]: extra.token,
          [REQUEST.token_type_hint]: extra.token_type_hint,
        })
    }
    try {
      const reply = extend(toReply(step, request, paths), extra)
      report('sign_out', step)
      return reply
    } catch (cause) {
      return fail(request, 'sign_out', 'sign_out_failed', '', cause)
    }
  })

  return { signIn, callback, confirm, error, signOut }
}
