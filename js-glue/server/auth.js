import { KIND, readArguments, refuseArgument, toJson } from '../arguments.js'
import { whenUsed } from '../when-used.js'
import { makeServerApp } from './app.js'
import { toHandler, toRequest } from './handler.js'
import { REPLY, toResponse } from './reply.js'

/** @typedef {import('../types.js').Auth} Auth */
/** @typedef {import('../generated/options.js').Options} Options */

const START = {
  provider: KIND.text,
  next: KIND.text,
  request: KIND.headers,
  scopes: KIND.scopes,
  queryParams: KIND.parameters,
}

const PERSON = { ...KIND.json, name: 'a profile with `provider` and `sub`' }
const TOKEN = { minimum: KIND.seconds }
const CREATE = { user: PERSON, data: KIND.json }

/**
 * Makes the auth handlers of an app: createAuth for one way of loading the core.
 * @param {() => unknown} getModule
 * @param {Options | (() => Options)} options
 * @returns {Auth}
 */
export const makeAuth = (getModule, options) => {
  const app = whenUsed(options, (options) => makeServerApp(getModule, options))
  /** @param {'signIn' | 'callback' | 'confirm' | 'error' | 'signOut'} name */
  const handler = (name) =>
    toHandler(async (/** @type {import('../request.js').RequestLike} */ request) => app()[name](request))

  /** @param {import('../request.js').RequestLike} request */
  const ask = (request) => /** @type {any} */ (app().requireSession(request))
  /**
   * @param {import('../request.js').RequestLike} request
   * @param {boolean} [renews]
   */
  const verify = async (request, renews) => app().verifySession(request, renews)
  /** @param {import('../request.js').RequestLike} request */
  const logout = async (request) => app().verifyLogoutToken(request)

  return {
    signIn: handler('signIn'),
    callback: handler('callback'),
    confirm: handler('confirm'),
    error: handler('error'),
    signOut: handler('signOut'),
    handle: toHandler((request) => app().handle(request)),

    start(asked) {
      const { url, setCookie } = app().start(readArguments('start', asked, START))
      return { url, setCookie }
    },
    getSession: (input) => app().getSession(toRequest(input)),
    createSession(input, asked) {
      const { user, data } = readArguments('createSession', asked, CREATE)
      if (!user) refuseArgument('createSession', 'user', PERSON)
      return app().createSession(toRequest(input), user, data ?? '')
    },
    updateSession: (input, data) =>
      app().updateSession(
        toRequest(input),
        toJson(data) ?? refuseArgument('updateSession', 'data', KIND.json),
      ),
    getUser: Object.assign(
      async (/** @type {import('../types.js').HandlerInput} */ input) => {
        const { session, setCookie } = await verify(toRequest(input))
        return { user: session === null ? null : session.user, setCookie }
      },
      { [REPLY]: verify },
    ),
    getAccessToken: async (input, asked) => {
      const { minimum = '' } = readArguments('getAccessToken', asked, TOKEN)
      return app().getAccessToken(toRequest(input), String(minimum))
    },
    verifyLogoutToken: Object.assign(
      async (/** @type {import('../types.js').HandlerInput} */ input) => logout(toRequest(input)),
      { [REPLY]: logout },
    ),
    require: Object.assign(
      async (/** @type {import('../types.js').HandlerInput} */ input) => {
        const { reply, ...found } = await ask(toRequest(input))
        return reply ? { response: toResponse(reply) } : found
      },
      { [REPLY]: ask },
    ),
    ready: async () => app().ready(),
    check: () => app().check(),
    providers: () => app().providers(),
  }
}
