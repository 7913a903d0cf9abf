// The public functions: what each is given, and what it may give back. A row makes its arguments, calls, and checks what came.
import assert from 'node:assert/strict'
import * as browser from '../../../dist/browser.js'
import * as server from '../../../dist/index.js'
import { getModule } from '../../../dist/module.js'
import { toNodeHandler } from '../../../dist/node.js'
import * as slim from '../../../dist/slim.js'
import { json, makeRequest } from '../../node/support/app.mjs'
import { attempt, isOursOrOwn, isTrap, never } from './attempt.mjs'
import { nearly, watch } from './damage.mjs'
import { checkResponse, isOurs, isOwn } from './invariants.mjs'
import { makeFetched, makeIncoming, makeInput, makeOutgoing, makeStartedBy } from './requests.mjs'
import { makeFunctions, OPTIONS } from './world.mjs'

/** @typedef {import('./values.mjs').Values} Values */
/** @typedef {import('./world.mjs').World} World */

/** What is refused by its type, or throws when it is looked at. @param {any} error */
const isRefusal = (error) => isOurs(error, ['argument_invalid']) || isOwn(error)
const isConfigRefusal = (error) => isOurs(error, ['config_invalid']) || isOwn(error) || isTrap(error)

/** What the calls about a session answer with. */
const SHAPES = new Set(['session,setCookie', 'setCookie,user', 'accessToken,expiresAt,setCookie'])

/** An argument of which each member is read once. @param {any} given @param {(proxy: any) => any} run */
const once = async (given, run) => {
  const { proxy, twice } = watch(given)
  const result = await run(proxy)
  assert.deepEqual(twice(), [], 'a member is read twice')
  return result
}

/** Functions of an app that do whatever; they are what the app is made with. @param {Values} values */
const oddFunctions = (values) => ({
  onSession: values.hook(),
  onSignOut: values.hook(),
  onEvent: values.hook(),
})

/** What a provider says of itself. */
const METADATA = {
  issuer: 'https://discovered.example',
  authorization_endpoint: 'https://discovered.example/authorize',
  token_endpoint: 'https://discovered.example/token',
  jwks_uri: 'https://discovered.example/keys',
  response_types_supported: ['code'],
  code_challenge_methods_supported: ['S256'],
}

const HANDLERS = ['signIn', 'callback', 'confirm', 'error', 'signOut', 'handle', 'handle', 'handle']

/** @type {import('./run.mjs').Calls} */
export const SERVER_CALLS = {
  async checkNext(_, values) {
    const { checkNext } = values.pick([server, browser, slim.withModule(getModule)])
    const [next, origin] = [
      values.pick([values.any, values.text])(),
      values.pick([values.any, values.text, () => {}])(),
    ]
    const { result = null } = await attempt(() => checkNext(next, origin), isRefusal)
    assert.ok(
      result === null || /^\/(?![/\\])[!-~]*$/.test(result),
      `it gave ${String(result).slice(0, 100)}`,
    )
  },

  async start({ auth }, values) {
    const valid = {
      provider: 'main',
      next: '/x',
      scopes: ['a'],
      queryParams: { a: 'b' },
      request: makeStartedBy(values),
    }
    const read = async (given) => attempt(() => auth.start(given), isOursOrOwn)
    const { result } = await once(nearly(valid, values), read)
    if (result)
      assert.ok(
        new URL(result.url).protocol === 'https:' &&
          result.setCookie.every((line) => typeof line === 'string'),
      )
  },

  async handlers({ auth, plan }, values) {
    Object.assign(plan, oddFunctions(values))
    const name = values.pick(HANDLERS)
    const { input, isReal } = makeInput(values)
    const outcome = await attempt(() => auth[name](input), isReal ? never : isRefusal)
    // A request may throw undefined.
    if ('error' in outcome) return
    if (name !== 'handle' || outcome.result !== undefined) checkResponse(outcome.result)
  },

  async sessions({ keeper: auth }, values) {
    const valid = { user: { provider: 'main', sub: '1' }, data: { a: [1] } }
    const asked = nearly(valid, values)
    const calls = {
      getSession: () => auth.getSession(makeInput(values).input),
      require: () => auth.require(makeInput(values).input),
      getUser: () => auth.getUser(makeInput(values).input),
      getAccessToken: () => auth.getAccessToken(makeInput(values).input, nearly({ minimum: 60 }, values)),
      verifyLogoutToken: () => auth.verifyLogoutToken(makeInput(values).input),
      updateSession: () => auth.updateSession(makeInput(values).input, values.any()),
      createSession: () => auth.createSession(makeInput(values).input, asked),
    }
    const { result } = await attempt(values.pick(Object.values(calls)), isOursOrOwn)
    if (!result) return
    if (result.response) checkResponse(result.response)
    else assert.ok(SHAPES.has(String(Object.keys(result).sort())), String(Object.keys(result)))
  },

  async 'check and ready'({ auth }, values) {
    assert.ok(Array.isArray(/** @type {any} */ (auth.check)(values.any())))
    assert.equal(await /** @type {any} */ (auth.ready)(values.any()), undefined)
  },

  async createAuth(_, values) {
    const plan = { ...oddFunctions(values), fetch: () => makeFetched(values, json(METADATA)) }
    const providers = { ...OPTIONS.providers, discovered: { clientId: 'c', issuer: METADATA.issuer } }
    const options = nearly({ ...OPTIONS, providers, ...makeFunctions(plan) }, values)
    const isFunction = values.oneIn(4) || typeof options === 'function'
    const mayThrow = (error) => isFunction || isConfigRefusal(error)
    const given = isFunction && typeof options !== 'function' ? () => options : options
    const { result: auth } = await attempt(() => server.createAuth(given), mayThrow)
    if (!auth) return
    const { result } = await attempt(() => auth.check(), mayThrow)
    if (result) assert.ok(Array.isArray(result))
    if (!result) return
    const request = makeRequest(`/auth/sign-in?provider=${values.pick(['main', 'discovered'])}`)
    checkResponse((await attempt(() => auth.signIn(request), never)).result)
    await attempt(() => auth.start({ provider: 'main', request }), isOursOrOwn)
    const answered = (await attempt(() => auth.handle(request), never)).result
    if (answered) checkResponse(answered)
    await attempt(() => auth.ready(), isOursOrOwn)
  },

  async toNodeHandler({ auth, plan }, values) {
    Object.assign(plan, oddFunctions(values))
    const target = values.pick([
      () => auth,
      () => auth.callback,
      () => auth.signOut,
      () => values.any(),
      values.fn,
      () => () => makeFetched(values, new Response(values.text())),
    ])()
    const { result: listener } = await attempt(() => toNodeHandler(target), isRefusal)
    if (!listener) return
    const next = values.oneIn(2) ? values.pick([() => {}, values.fn()]) : undefined
    const [incoming, outgoing] = [makeIncoming(values), makeOutgoing(values)]
    // What ends a response is Node's business; where its functions throw, or do nothing, nothing is promised.
    await Promise.race([
      attempt(
        () => listener(incoming, outgoing, next),
        () => true,
      ),
      new Promise((resolve) => setTimeout(resolve, 40)),
    ])
  },

  async 'slim with another module'(_, values) {
    const getModuleOrNot = values.oneIn(2) ? getModule : values.fn()
    const made = values.pick([slim.withModule, slim.withBrowserModule])(getModuleOrNot)
    // What is no module is refused by the engine.
    const { result } = await attempt(() => made.checkNext(values.text(), undefined), never)
    assert.ok(result === null || typeof result === 'string')
    if ('createAuth' in made)
      await attempt(
        () => made.createAuth(OPTIONS),
        (error) => getModuleOrNot !== getModule || isTrap(error),
      )
  },
}
