import { makePage } from './browser/sign-in.js'
import { readOptions, toConfig } from './config.js'
import { Core } from './core.js'
import { drawEntropy } from './entropy.js'
import { configError, LandfallError } from './error.js'
import { makeReporter } from './events.js'
import { Flow } from './flow.js'
import {
  OPERATION,
  READY,
  REFUSED,
  RESPOND,
  START,
  START_FIELDS,
  STARTED,
  STEP,
  STORED_SESSION,
} from './generated/messages.js'
import { now, readRequest } from './request.js'
import { makeHandlers } from './server/handlers.js'
import { field } from './step.js'
import { Transport } from './transport.js'

/** @typedef {import('./request.js').RequestLike} RequestLike */

/** The answer of an operation that is no step of a flow. @param {string[]} step @param {number} kind of the answer that was asked for */
const expect = (step, kind) => {
  if (Number(step[0]) !== kind)
    throw new LandfallError(field(step, RESPOND.code), field(step, RESPOND.message))
  return step
}

/** A route has two spellings: with and without a slash at the end. @param {string} path */
const withoutSlash = (path) => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path)

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
  const flow = new Flow(core, transport)
  const report = makeReporter(options.onEvent)
  const callbacks = [field(ready, READY.callback_path)]
  /** @type {Map<string, string>} */
  const metadataUrls = new Map()
  for (let i = READY.provider_0; i < ready.length; i += 3) {
    const [name, callback, url] = /** @type {[string, string, string]} */ (ready.slice(i, i + 3))
    callbacks.push(callback)
    if (url) metadataUrls.set(name, url)
  }
  const handlers = makeHandlers({ core, flow, report, errorPath: field(ready, READY.error_path), options })

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
      /** @type {import('./message.js').Field[]} */
      const fields = new Array(START_FIELDS.length).fill('')
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
        fields[START.answer] = metadata.answer
      }
      const step = core.call(OPERATION.start, fields)
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

    /** @param {RequestLike} request @returns {{ session: any, setCookie: string[] }} */
    readSession(request) {
      const step = expect(core.call(OPERATION.read_session, readRequest(request)), STEP.stored_session)
      const json = field(step, STORED_SESSION.session)
      return {
        session: json === '' ? null : JSON.parse(json),
        setCookie: step.slice(STORED_SESSION.set_cookie_0),
      }
    },

    /** @returns {import('./types.js').NotSet[]} */
    check: () =>
      field(ready, READY.missing)
        .split('\n')
        .filter(Boolean)
        .map((line) => {
          const [option = '', variable = ''] = line.split(' ')
          return { option, variable }
        }),

    ready: async () => {
      await Promise.all([...metadataUrls.keys()].map((name) => flow.loadMetadata(name)))
    },

    page: makePage({
      core,
      flow,
      start,
      report,
      isCallback: (path) => callbacks.some((callback) => withoutSlash(callback) === withoutSlash(path)),
      signOutPath: field(ready, READY.sign_out_path),
      cookieName: field(ready, READY.cookie_name),
      storage: options.supabase?.storage,
    }),
  }
}
