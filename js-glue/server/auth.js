import { KIND, readArguments } from '../arguments.js'
import { whenUsed } from '../when-used.js'
import { makeServerApp } from './app.js'
import { toHandler, toRequest } from './handler.js'

/** @typedef {import('../types.js').Auth} Auth */
/** @typedef {import('../generated/options.js').Options} Options */

const START = {
  provider: KIND.text,
  next: KIND.text,
  request: KIND.headers,
  scopes: KIND.scopes,
  queryParams: KIND.parameters,
}

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
    readSession: (input) => app().readSession(toRequest(input)),
    ready: async () => app().ready(),
    check: () => app().check(),
    providers: () => app().providers(),
  }
}
