import { makeApp } from '../app.js'
import { KIND, readArguments } from '../arguments.js'
import { toHandler, toRequest } from './handler.js'
import { REPLY } from './reply.js'

/** @typedef {import('../types.js').Auth} Auth */
/** @typedef {import('../types.js').Options} Options */
/** @typedef {ReturnType<typeof makeApp>} App */

const START = {
  provider: KIND.text,
  next: KIND.text,
  request: KIND.headers,
  scopes: KIND.scopes,
  queryParams: KIND.parameters,
}

/**
 * The app behind a createAuth. Options are read at once; a function that gives them is called at the first use, and again as long as
 * it throws.
 * @param {() => any} getModule @param {Options | (() => Options)} options @returns {() => App}
 */
const whenUsed = (getModule, options) => {
  /** @type {App | undefined} */
  let app = typeof options === 'function' ? undefined : makeApp(getModule, options)
  return () => {
    app ??= makeApp(getModule, /** @type {() => Options} */ (options)())
    return app
  }
}

/**
 * Makes the auth handlers of an app: createAuth for one way of loading the core.
 * @param {() => any} getModule @param {Options | (() => Options)} options @returns {Auth}
 */
export const makeAuth = (getModule, options) => {
  const app = whenUsed(getModule, options)
  /** @param {'signIn' | 'callback' | 'confirm' | 'error' | 'signOut'} name */
  const handler = (name) =>
    toHandler(async (/** @type {import('../request.js').RequestLike} */ request) => app()[name](request))

  const signOutHandler = handler('signOut')
  const isRequest = (/** @type {any} */ input) =>
    input !== null && typeof input === 'object' && ('headers' in input || 'request' in input)
  const signOut = (/** @type {any} */ input) =>
    isRequest(input) ? signOutHandler(input) : app().page.signOut(input)

  return {
    signIn: handler('signIn'),
    callback: handler('callback'),
    confirm: handler('confirm'),
    error: handler('error'),
    signOut: /** @type {Auth['signOut']} */ (
      Object.assign(signOut, { [REPLY]: /** @type {any} */ (signOutHandler)[REPLY] })
    ),
    handle: toHandler((request) => app().handle(request)),

    signInWithOAuth: async (asked) => app().page.signInWithOAuth(asked),
    complete: async (asked) => app().page.complete(asked),

    start(asked) {
      const { url, setCookie } = app().start(readArguments('start', asked, START))
      return { url, setCookie }
    },
    readSession: (input) => app().readSession(toRequest(input)),
    ready: async () => app().ready(),
    check: () => app().check(),
  }
}
