import { toConfig } from './config.js'
import { Core } from './core.js'
import { drawEntropy } from './entropy.js'
import { configError } from './error.js'
import { makeReporter } from './events.js'
import { Flow } from './flow.js'
import * as OPERATION from './generated/messages/operation.js'
import * as READY from './generated/messages/ready.js'
import * as REFUSED from './generated/messages/refused.js'
import * as START from './generated/messages/start.js'
import * as STARTED from './generated/messages/started.js'
import * as STEP from './generated/messages/step.js'
import { now } from './request.js'
import { expect, field } from './step.js'
import { Transport } from './transport.js'

/**
 * Two spellings of a route: with and without a slash at the end.
 * @param {string} path
 */
export const toRoute = (path) => path.replace(/\/$/, '')

/**
 * The functions of one configuration, for a server and for a page alike. server/ and browser/ give them the shape that
 * their callers know.
 * @param {() => unknown} getModule
 * @param {string} maker the function that took the options, for its errors
 * @param {import('./generated/options.js').Options} options of readOptions
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

  const transport = new Transport(options.fetch, /** @type {any} */ (options.session)?.lock ?? undefined)
  const flow = new Flow(core, transport, options.verify)
  const callbackPath = field(ready, READY.callback_path)
  const callbacks = new Set([toRoute(callbackPath)])
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
      const name = provider || field(ready, READY.default_provider)
      const metadata = transport.kept(metadataUrls.get(name) ?? '')
      const read = (/** @type {string} */ header) => request?.headers.get(header) ?? ''
      /** @type {import('./message.js').Field[]} */
      const fields = new Array(START.COUNT).fill('')
      fields[START.now] = now()
      fields[START.entropy] = entropy
      fields[START.provider] = provider
      fields[START.next] = next
      fields[START.scopes] = scopes
      fields[START.query_params] = queryParams
      fields[START.redirect_to] = redirectTo
      fields[START.cookie] = read('cookie')
      fields[START.url] = request?.url ?? ''
      fields[START.host] = read('host')
      fields[START.x_forwarded_host] = read('x-forwarded-host')
      fields[START.x_forwarded_proto] = read('x-forwarded-proto')
      fields[START.forwarded] = read('forwarded')
      if (metadata) {
        fields[START.failure] = metadata.failure
        fields[START.status] = metadata.status
        fields[START.content_type] = metadata.contentType
        fields[START.answer] = metadata.body
      }
      const step = core.call(OPERATION.start, fields)
      expect(step, STEP.started)
      return {
        url: field(step, STARTED.url),
        state: field(step, STARTED.state),
        log: field(step, STARTED.log),
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
    callbackPath,
    /** The paths that somebody comes back to, each as a route. */
    callbacks,
    signOutPath: field(ready, READY.sign_out_path),
    errorPath: field(ready, READY.error_path),
    /** The name of Supabase's session cookie. */
    cookieName: field(ready, READY.cookie_name),

    /** @returns {import('./types.js').NotSet[]} */
    check: () =>
      field(ready, READY.missing)
        .split('\n')
        .filter(Boolean)
        .map((line) => {
          const [option = '', variable = ''] = line.split(' ')
          return { option, variable }
        }),

    providers: () => field(ready, READY.usable).split('\n').filter(Boolean),

    ready: async () => {
      await Promise.all([...metadataUrls.keys()].map((name) => flow.loadMetadata(name)))
    },
  }
}

/** @typedef {ReturnType<typeof makeApp>} App */
