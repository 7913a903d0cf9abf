import { makePage } from './browser/sign-in.js'
import { readOptions, toConfig } from './config.js'
import { Core } from './core.js'
import { drawEntropy } from './entropy.js'
import { configError, toError } from './error.js'
import { makeReporter } from './events.js'
import { Flow } from './flow.js'
import { OPERATION, READY, REFUSED, RESPOND, SESSION, STARTED, STEP } from './generated/messages.js'
import { now, readRequest } from './request.js'
import { pathOf } from './server/handler.js'
import { makeHandlers } from './server/handlers.js'
import { variableOf } from './settings.js'
import { field } from './step.js'
import { Transport } from './transport.js'

/** @typedef {import('./request.js').RequestLike} RequestLike */

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

  const handlers = makeHandlers({ core, flow, report, paths, errorPath, options })
  const routes = new Map([
    [toRoute(paths.signIn), handlers.signIn],
    [toRoute(paths.callback), handlers.callback],
    [toRoute(paths.signOut), handlers.signOut],
  ])
  for (const path of callbacks) routes.set(toRoute(path), handlers.callback)
  if (paths.confirm) routes.set(toRoute(paths.confirm), handlers.confirm)
  if (field(ready, READY.own_error_page) === '')
    routes.set(toRoute(errorPath.replace(/\?.*/, '')), handlers.error)

  /** The route that a request is for; undefined when it is none of ours. @param {RequestLike} request */
  const findRoute = (request) => {
    const { url, method } = request
    const path = pathOf(url)
    const route = routes.get(toRoute(path))
    if (route) return route
    // Where Supabase Auth sends what it could not send to the callback.
    const isArrival = path === '/' && String(url).includes('?') && paths.confirm !== '' && method === 'GET'
    return isArrival && core.call(OPERATION.recognize, readRequest(request)).length > 0
      ? handlers.callback
      : undefined
  }

  /**
   * @param {{ provider?: string, next?: string, scopes?: string, queryParams?: string, redirectTo?: string,
   *   request?: import('./types.js').StartedBy }} asked as `arguments.js` takes it
   */
  const start = ({ provider = '', next = '', scopes = '', queryParams = '', redirectTo = '', request }) => {
    const entropy = drawEntropy()
    try {
      const name = provider || (metadataUrls.size === 1 ? metadataUrls.keys().next().value : '')
      const metadata = transport.kept(metadataUrls.get(/** @type {string} */ (name)) ?? '')
      const read = (/** @type {string} */ header) => request?.headers.get(header) ?? ''
      const step = core.call(OPERATION.start, [
        now(),
        entropy,
        provider,
        next,
        scopes,
        queryParams,
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
      expect(step, STEP.started)
      return {
        url: field(step, STARTED.url),
        state: field(step, STARTED.state),
        setCookie: step.slice(STARTED.set_cookie_0),
      }
    } finally {
      entropy.fill(0)
    }
  }

  return {
    ...handlers,
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
      isCallback: (path) => routes.get(toRoute(path)) === handlers.callback,
      signOutPath: paths.signOut,
      cookieName: field(ready, READY.cookie_name),
      storage: options.supabase?.storage,
    }),
  }
}
