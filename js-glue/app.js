import { toConfig } from './config.js'
import { Core } from './core.js'
import { drawEntropy } from './entropy.js'
import { configError } from './error.js'
import { makeReporter } from './events.js'
import { Flow } from './flow.js'
import { OPERATION, READY, REFUSED, STARTED, STEP } from './generated/messages.js'
import { now } from './request.js'
import { variableOf } from './settings.js'
import { expect, field } from './step.js'
import { Transport } from './transport.js'

/**
 * Two spellings of a route: with and without a slash at the end.
 * @param {string} path
 */
export const toRoute = (path) => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path)

/**
 * What one configuration can do, for a server and for a page alike; server/ and browser/ give it the shape that their
 * callers know.
 * @param {() => unknown} getModule
 * @param {string} maker the function that took the options, for its errors
 * @param {import('./types.js').Options} options of readOptions
 * @throws {LandfallError} config_invalid
 */
export const makeApp = (getModule, maker, options) => {
  const core = new Core(getModule, toConfig(maker, options))
  const ready = core.configure()
  if (Number(ready[0]) === STEP.refused)
    throw configError(
      maker,
      field(ready, REFUSED.parameter),
      field(ready, REFUSED.problem),
      field(ready, REFUSED.suggestion),
    )

  const transport = new Transport(options.fetch)
  const flow = new Flow(core, transport, Number(ready[READY.max_body_bytes]))
  const errorPath = field(ready, READY.error_path)
  const paths = {
    signIn: field(ready, READY.sign_in_path),
    callback: field(ready, READY.callback_path),
    signOut: field(ready, READY.sign_out_path),
    confirm: field(ready, READY.confirm_path),
  }
  const callbacks = new Set([toRoute(paths.callback)])
  /** @type {Map<string, string>} */
  const metadataUrls = new Map()
  for (let i = READY.provider_0; i < ready.length; i += 3) {
    const [name, callback, url] = /** @type {[string, string, string]} */ (ready.slice(i, i + 3))
    callbacks.add(toRoute(callback))
    if (url) metadataUrls.set(name, url)
  }

  /**
   * Starts a sign-in.
   * @param {{ provider?: string, next?: string, scopes?: string, queryParams?: string, redirectTo?: string,
   *   request?: import('./types.js').StartedBy }} asked as `arguments.js` takes it
   * @throws {LandfallError}
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
    options,
    core,
    flow,
    report: makeReporter(options.onEvent),
    start,
    paths,
    /** The paths that somebody comes back to, each as a route. */
    callbacks,
    errorPath,
    hasOwnErrorPage: field(ready, READY.own_error_page) !== '',
    /** The name of Supabase's session cookie. */
    cookieName: field(ready, READY.cookie_name),

    /** @returns {import('./types.js').NotSet[]} */
    check: () =>
      field(ready, READY.missing)
        .split('\n')
        .filter(Boolean)
        .map((option) => ({ option, variable: variableOf(option) })),

    ready: async () => {
      await Promise.all([...metadataUrls.keys()].map((name) => flow.loadMetadata(name)))
    },
  }
}

/** @typedef {ReturnType<typeof makeApp>} App */
