import { readOptions, toConfig } from './config.js'
import { Core } from './core.js'
import { takeEntropy } from './entropy.js'
import { configError, LandfallError, toError } from './error.js'
import { makeReporter } from './events.js'
import { Flow } from './flow.js'
import { OPERATION, READY, REFUSED, REQUEST, RESPOND, SESSION, STARTED, STEP } from './generated/messages.js'
import { pathOf, toWholeRequest } from './handler.js'
import { makePage } from './page.js'
import { extend, lastReply, scriptReply, toReply } from './reply.js'
import { now, readRequest } from './request.js'
import { variableOf } from './settings.js'
import { field } from './step.js'
import { Transport } from './transport.js'

/** @typedef {import('./types.js').AuthEvent} AuthEvent */
/** @typedef {import('./reply.js').Reply} Reply */
/** @typedef {import('./request.js').RequestLike} RequestLike */

/** Nothing happened: a request that only looked ahead, or a page of ours with a button. @param {string[]} step */
const isQuiet = (step) => field(step, RESPOND.status) === '204' || field(step, RESPOND.page) === 'confirm'

/** @throws {LandfallError} when the runtime's random source fails */
const drawEntropy = () => {
  try {
    return takeEntropy()
  } catch {
    throw new LandfallError('entropy_unavailable')
  }
}

/** The answer of an operation that is no step of a flow. @param {string[]} step @param {number} kind of the answer that was asked for */
const expect = (step, kind) => {
  if (Number(step[0]) !== kind) throw toError(field(step, RESPOND.code), field(step, RESPOND.parameter))
  return step
}

/** Two spellings of a route: with and without a slash at the end. @param {string} path */
const toRoute = (path) => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path)

/**
 * What one configuration can do. createAuth gives it the shape that apps know.
 * @param {() => any} getModule @param {unknown} given the options @throws {LandfallError} config_invalid
 */
export const makeApp = (getModule, given) => {
  const options = readOptions(given)
  const core = new Core(getModule, toConfig(options))
  const ready = core.configure()
  if (Number(ready[0]) === STEP.refused)
    throw configError(
      field(ready, REFUSED.parameter),
      field(ready, REFUSED.problem),
      field(ready, REFUSED.suggestion),
    )

  const transport = new Transport(options.fetch)
  const flow = new Flow(core, transport, Number(ready[READY.max_body_bytes]))
  const report = makeReporter(options.onEvent)
  const errorPath = field(ready, READY.error_path)
  /** @type {string[]} */
  const callbacks = []
  /** @type {Map<string, string>} */
  const metadataUrls = new Map()
  for (let i = READY.provider_0; i < ready.length; i += 3) {
    const [name, callback, url] = /** @type {[string, string, string]} */ (ready.slice(i, i + 3))
    callbacks.push(callback)
    if (url) metadataUrls.set(name, url)
  }
  const paths = {
    signIn: field(ready, READY.sign_in_path),
    callback: field(ready, READY.callback_path),
    signOut: field(ready, READY.sign_out_path),
    confirm: field(ready, READY.confirm_path),
  }

  /** @param {RequestLike} request @param {AuthEvent['type']} type @param {string} code @param {string} [recovery] @param {unknown} [cause] */
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

  /** Runs a handler's flow; whatever is thrown on the way becomes an outcome. @param {AuthEvent['type']} type @param {(request: RequestLike) => Promise<Reply>} handler */
  const guard = (type, handler) => async (/** @type {RequestLike} */ request) => {
    try {
      return await handler(request)
    } catch (error) {
      return fail(request, type, error instanceof LandfallError ? error.code : 'internal_error', '', error)
    }
  }

  const signIn = guard('sign_in', async (request) => {
    const entropy = drawEntropy()
    const step = await flow.run(OPERATION.sign_in, request, { [REQUEST.entropy]: entropy })
    entropy.fill(0)
    if (!isQuiet(step)) report('sign_in', step)
    return toReply(step, request, paths)
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
        redirectType: field(step, RESPOND.redirect_type) || null,
      }
      try {
        const extra = await options.onSession(JSON.parse(field(step, RESPOND.session)), context)
        extend(reply, extra ?? undefined)
      } catch (cause) {
        return fail(request, type, 'session_refused', field(step, RESPOND.recovery), cause)
      }
    }
    report(type, step)
    return reply
  }

  const callback = guard(
    'callback',
    async (request) => scriptReply(request) ?? finish('callback', OPERATION.callback, request),
  )
  const confirm = guard('confirm', (request) => finish('confirm', OPERATION.confirm, request))

  const error = guard('error', async (request) =>
    toReply(await flow.run(OPERATION.error_page, request), request, paths),
  )

  const signOut = guard('sign_out', async (request) => {
    let step = await flow.run(OPERATION.sign_out, request)
    if (isQuiet(step)) return toReply(step, request, paths)
    /** @type {import('./types.js').SignOutAnswer | undefined} */
    let extra
    // A token that was not revoked is told; the person is signed out all the same.
    const isDone = ['', 'revocation_failed'].includes(field(step, RESPOND.code))
    if (isDone && options.onSignOut) {
      try {
        extra = (await options.onSignOut({ request: toWholeRequest(request) })) ?? undefined
      } catch (cause) {
        return fail(request, 'sign_out', 'sign_out_failed', '', cause)
      }
      if (extra?.token)
        step = await flow.run(OPERATION.sign_out, request, {
          [REQUEST.revoke_provider]: extra.provider ?? '',
          [REQUEST.revoke_token]: extra.token,
          [REQUEST.token_type_hint]: extra.token_type_hint ?? '',
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

  const routes = new Map([
    [toRoute(paths.signIn), signIn],
    [toRoute(paths.callback), callback],
    [toRoute(paths.signOut), signOut],
  ])
  for (const path of callbacks) routes.set(toRoute(path), callback)
  if (paths.confirm) routes.set(toRoute(paths.confirm), confirm)
  if (field(ready, READY.own_error_page) === '') routes.set(toRoute(errorPath.replace(/\?.*/, '')), error)

  /** The route that a request is for; undefined when it is none of ours. @param {RequestLike} request */
  const findRoute = (request) => {
    const path = pathOf(request.url)
    const route = routes.get(toRoute(path))
    if (route) return route
    // Where Supabase Auth sends what it could not send to the callback.
    const isArrival =
      path === '/' && request.url.includes('?') && paths.confirm !== '' && request.method === 'GET'
    return isArrival && core.call(OPERATION.recognize, readRequest(request)).length > 0 ? callback : undefined
  }

  /** @param {import('./types.js').StartOptions & { redirectTo?: string }} asked checked */
  const start = ({ provider = '', next = '', scopes = '', queryParams, redirectTo = '', request }) => {
    const entropy = drawEntropy()
    const name = provider || (metadataUrls.size === 1 ? metadataUrls.keys().next().value : '')
    const metadata = transport.kept(metadataUrls.get(/** @type {string} */ (name)) ?? '')
    const read = (/** @type {string} */ header) => request?.headers.get(header) ?? ''
    const step = core.call(OPERATION.start, [
      now(),
      entropy,
      provider,
      next,
      Array.isArray(scopes) ? scopes.join(' ') : scopes,
      queryParams ? String(new URLSearchParams(queryParams)) : '',
      redirectTo,
      read('cookie'),
      request?.url ?? '',
      read('host'),
      read('x-forwarded-host'),
      read('x-forwarded-proto'),
      read('forwarded'),
      metadata?.failure ?? '',
      metadata?.status ?? '',
      metadata?.contentType ?? '',
      metadata?.answer ?? '',
    ])
    entropy.fill(0)
    expect(step, STEP.started)
    return {
      url: field(step, STARTED.url),
      state: field(step, STARTED.state),
      setCookie: step.slice(STARTED.set_cookie_0),
    }
  }

  return {
    signIn,
    callback,
    confirm,
    error,
    signOut,
    start,

    /** @param {RequestLike} request */
    handle: (request) => findRoute(request)?.(request),

    /** @param {RequestLike} request @returns {{ session: any, setCookie: string[] }} */
    readSession(request) {
      const step = expect(core.call(OPERATION.read_session, readRequest(request)), STEP.session)
      const json = field(step, SESSION.session)
      return { session: json === '' ? null : JSON.parse(json), setCookie: step.slice(SESSION.set_cookie_0) }
    },

    /** @returns {import('./types.js').NotSet[]} */
    check: () =>
      field(ready, READY.missing)
        .split('\n')
        .filter(Boolean)
        .map((option) => ({ option, variable: variableOf(option) })),

    ready: async () => {
      await Promise.all([...metadataUrls.keys()].map((name) => flow.loadMetadata(name)))
    },

    page: makePage({
      flow,
      start,
      report,
      callbacks: [...callbacks, paths.callback].map(toRoute),
      signOutPath: paths.signOut,
      cookieName: field(ready, READY.cookie_name),
      storage: options.supabase?.storage,
    }),
  }
}
