import { Core } from './core.js'
import { takeEntropy } from './entropy.js'
import { configError, LandfallError } from './error.js'
import { Flow } from './flow.js'
import { ERRORS } from './generated/errors.js'
import { OPERATION, READY, REFUSED, REQUEST, RESPOND, STARTED, STEP } from './generated/messages.js'
import { now } from './request.js'
import { extend, lastResort, toResponse } from './response.js'
import { Transport } from './transport.js'

/** @typedef {import('./types.js').Auth} Auth */
/** @typedef {import('./types.js').AuthEvent} AuthEvent */
/** @typedef {import('./types.js').HandlerInput} HandlerInput */
/** @typedef {import('./types.js').Options} Options */

const field = (/** @type {string[]} */ step, /** @type {number} */ index) =>
  /** @type {string} */ (step[index])

/**
 * A RESPOND step as an event, its empty fields left out. @param {AuthEvent['type']} type @param {string[]} step @param {unknown} cause
 * @returns {AuthEvent}
 */
const toEvent = (type, step, cause) => {
  const code = field(step, RESPOND.code)
  const all = {
    ...(code && { code, ...ERRORS[code] }),
    provider: field(step, RESPOND.provider),
    parameter: field(step, RESPOND.parameter),
    detail: field(step, RESPOND.detail),
    description: field(step, RESPOND.description),
    cause: cause ?? '',
  }
  const present = Object.fromEntries(
    Object.entries(all).filter(([name, value]) => value !== '' && name !== 'status'),
  )
  return /** @type {AuthEvent} */ ({ type, ok: code === '', ...present })
}

/** @throws {LandfallError} when the runtime's random source fails */
const drawEntropy = () => {
  try {
    return takeEntropy()
  } catch {
    throw new LandfallError('entropy_unavailable')
  }
}

/** The options as JSON; a function is there or not, and the core says whether it may be. @param {Options} options */
const toConfig = (options) =>
  JSON.stringify(options, (_, value) => (typeof value === 'function' ? true : value)) ?? 'null'

/**
 * Makes the auth handlers of an app: createAuth for one way of loading the core.
 * @param {() => any} getModule @param {Options} options @returns {Auth}
 */
export const makeAuth = (getModule, options) => {
  const config = toConfig(options)
  const core = new Core(getModule, config)
  const ready = new Core(getModule).call(OPERATION.configure, [config])
  if (Number(ready[0]) === STEP.refused)
    throw configError(
      field(ready, REFUSED.parameter),
      field(ready, REFUSED.problem),
      field(ready, REFUSED.suggestion),
    )

  const transport = new Transport(options.fetch)
  const flow = new Flow(core, transport, Number(ready[READY.max_body_bytes]))
  const errorPath = field(ready, READY.error_path)
  const metadataUrls = new Map()
  for (let i = READY.metadata_url_0; i < ready.length; i += 2) metadataUrls.set(ready[i], ready[i + 1])

  /** @param {AuthEvent['type']} type @param {string[]} step @param {unknown} [cause] */
  const report = (type, step, cause) => {
    if (!options.onEvent) return
    // An observer has no say in a sign-in, whether it throws now or later.
    try {
      Promise.resolve(options.onEvent(toEvent(type, step, cause))).catch(() => {})
    } catch {}
  }

  /** @param {AuthEvent['type']} type @param {string} code @param {string} [recovery] @param {unknown} [cause] */
  const fail = (type, code, recovery = '', cause) => {
    try {
      const step = core.call(OPERATION.fail, [code, recovery])
      report(type, step, cause)
      return toResponse(step)
    } catch {
      return lastResort(errorPath)
    }
  }

  /** Runs a handler's flow; whatever is thrown on the way becomes an outcome. @param {AuthEvent['type']} type @param {(request: Request) => Promise<Response>} handler */
  const guard = (type, handler) => async (/** @type {HandlerInput} */ input) => {
    try {
      return await handler('request' in input ? input.request : input)
    } catch (error) {
      return fail(type, error instanceof LandfallError ? error.code : 'internal_error', '', error)
    }
  }

  const signIn = guard('sign_in', async (request) => {
    const entropy = drawEntropy()
    const step = await flow.run(OPERATION.sign_in, request, { [REQUEST.entropy]: entropy })
    entropy.fill(0)
    if (field(step, RESPOND.status) !== '204') report('sign_in', step)
    return toResponse(step)
  })

  const callback = guard('callback', async (request) => {
    const step = await flow.run(OPERATION.callback, request)
    const response = toResponse(step)
    if (field(step, RESPOND.status) === '204') return response
    if (field(step, RESPOND.session) !== '' && options.onSession) {
      const context = { request, provider: field(step, RESPOND.provider), next: field(step, RESPOND.next) }
      try {
        const extra = await options.onSession(JSON.parse(field(step, RESPOND.session)), context)
        extend(response, extra ?? undefined)
      } catch (cause) {
        return fail('callback', 'session_refused', field(step, RESPOND.recovery), cause)
      }
    }
    report('callback', step)
    return response
  })

  const signOut = guard('sign_out', async (request) => {
    let step = await flow.run(OPERATION.sign_out, request)
    if (field(step, RESPOND.status) === '204') return toResponse(step)
    /** @type {import('./types.js').SignOutAnswer | undefined} */
    let extra
    if (field(step, RESPOND.code) === '' && options.onSignOut) {
      try {
        extra = (await options.onSignOut({ request })) ?? undefined
      } catch (cause) {
        return fail('sign_out', 'sign_out_failed', '', cause)
      }
      if (extra?.token)
        step = await flow.run(OPERATION.sign_out, request, {
          [REQUEST.revoke_provider]: extra.provider ?? '',
          [REQUEST.revoke_token]: extra.token,
          [REQUEST.token_type_hint]: extra.token_type_hint ?? '',
        })
    }
    try {
      const response = extend(toResponse(step), extra)
      report('sign_out', step)
      return response
    } catch (cause) {
      return fail('sign_out', 'sign_out_failed', '', cause)
    }
  })

  const routes = new Map([
    [field(ready, READY.sign_in_path), signIn],
    [field(ready, READY.callback_path), callback],
    [field(ready, READY.sign_out_path), signOut],
  ])

  return {
    signIn,
    callback,
    signOut,

    handle(input) {
      const request = 'request' in input ? input.request : input
      return routes.get(new URL(request.url).pathname)?.(request)
    },

    start({ provider = '', next = '', request }) {
      const entropy = drawEntropy()
      const name = provider || (metadataUrls.size === 1 ? metadataUrls.keys().next().value : '')
      const metadata = transport.kept(metadataUrls.get(name))
      const step = core.call(OPERATION.start, [
        now(),
        entropy,
        provider,
        next,
        request?.headers.get('cookie') ?? '',
        request?.url ?? '',
        request?.headers.get('host') ?? '',
        request?.headers.get('x-forwarded-host') ?? '',
        request?.headers.get('x-forwarded-proto') ?? '',
        request?.headers.get('forwarded') ?? '',
        metadata?.failure ?? '',
        metadata?.status ?? '',
        metadata?.contentType ?? '',
        metadata?.answer ?? '',
      ])
      entropy.fill(0)
      if (Number(step[0]) !== STEP.started) throw new LandfallError(field(step, RESPOND.code))
      return { url: field(step, STARTED.url), setCookie: step.slice(STARTED.set_cookie_0) }
    },

    async ready() {
      await Promise.all([...metadataUrls.keys()].map((name) => flow.loadMetadata(name)))
    },
  }
}
