import { makeApp } from '../app.js'
import { readOptions } from '../config.js'
import * as OPERATION from '../generated/messages/operation.js'
import * as STEP from '../generated/messages/step.js'
import * as STORED_SESSION from '../generated/messages/stored-session.js'
import { readRequest } from '../request.js'
import { expect, field } from '../step.js'
import { makeHandlers } from './handlers.js'

const MAKER = 'createAuth'

/**
 * The functions of one configuration on a server. createAuth gives them the shape that apps know.
 * @param {() => unknown} getModule
 * @param {unknown} given the options
 * @throws {LandfallError} config_invalid
 */
export const makeServerApp = (getModule, given) => {
  const app = makeApp(getModule, MAKER, readOptions(MAKER, given))
  return {
    ...makeHandlers(app),
    start: app.start,
    check: app.check,
    providers: app.providers,
    ready: app.ready,

    /**
     * @param {import('../request.js').RequestLike} request
     * @returns {{ session: any, setCookie: string[] }}
     */
    readSession(request) {
      const step = expect(app.core.call(OPERATION.read_session, readRequest(request)), STEP.stored_session)
      const json = field(step, STORED_SESSION.session)
      return {
        session: json === '' ? null : JSON.parse(json),
        setCookie: step.slice(STORED_SESSION.set_cookie_0),
      }
    },
  }
}
