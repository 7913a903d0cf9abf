import { makeApp, toRoute } from '../app.js'
import { readOptions } from '../config.js'
import { OPERATION, SESSION, STEP } from '../generated/messages.js'
import { readRequest } from '../request.js'
import { expect, field } from '../step.js'
import { pathOf } from './handler.js'
import { makeHandlers } from './handlers.js'

/** @typedef {import('../request.js').RequestLike} RequestLike */

const MAKER = 'createAuth'

/**
 * What one configuration can do on a server. createAuth gives it the shape that apps know.
 * @param {() => unknown} getModule
 * @param {unknown} given the options
 * @throws {LandfallError} config_invalid
 */
export const makeServerApp = (getModule, given) => {
  const app = makeApp(getModule, MAKER, readOptions(MAKER, given))
  const { core, paths, errorPath } = app
  const handlers = makeHandlers(app)
  const routes = new Map([
    [toRoute(paths.signIn), handlers.signIn],
    [toRoute(paths.signOut), handlers.signOut],
  ])
  for (const route of app.callbacks) routes.set(route, handlers.callback)
  if (paths.confirm) routes.set(toRoute(paths.confirm), handlers.confirm)
  if (!app.hasOwnErrorPage) routes.set(toRoute(errorPath.replace(/\?.*/, '')), handlers.error)

  /**
   * The route that a request is for; undefined when it is none of ours.
   * @param {RequestLike} request
   */
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

  return {
    ...handlers,
    start: app.start,
    check: app.check,
    ready: app.ready,

    /** @param {RequestLike} request */
    handle: (request) => findRoute(request)?.(request),

    /**
     * @param {RequestLike} request
     * @returns {{ session: any, setCookie: string[] }}
     */
    readSession(request) {
      const step = expect(core.call(OPERATION.read_session, readRequest(request)), STEP.session)
      const json = field(step, SESSION.session)
      return { session: json === '' ? null : JSON.parse(json), setCookie: step.slice(SESSION.set_cookie_0) }
    },
  }
}
