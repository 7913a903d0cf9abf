// Whole sign-ins and sign-outs, with hooks and a fetch of the app that return, or throw, whatever it is. They always have an outcome.
import assert from 'node:assert/strict'
import { callbackUrl, makeRequest, ORIGIN, readStart } from '../../node/support/app.mjs'
import { attempt, isTrap, never } from './attempt.mjs'
import { nearly, watch } from './damage.mjs'
import { touched } from './instances.mjs'
import { checkResponse } from './invariants.mjs'
import { makeFetched } from './requests.mjs'
import { noticed } from './values.mjs'
import { answerOf, OPTIONS } from './world.mjs'

/** @typedef {import('./values.mjs').Values} Values */
/** @typedef {import('./world.mjs').World} World */

/** A whole sign-in with what `plan` does: it always has an outcome. @param {World} world @param {Values} values */
const signIn = async ({ auth }, values) => {
  const through = values.pick(['main', 'main', 'posted', 'bitbucket'])
  const { result: started } = await attempt(() => auth.start({ provider: through, next: '/x' }), isTrap)
  if (!started) return
  const { url, setCookie } = started
  const cookie = setCookie.map((line) => line.split(';')[0]).join('; ')
  const isDirect = through !== 'bitbucket'
  const address = new URL(url)
  const { state } = isDirect ? readStart(address, setCookie) : { state: '' }
  const iss = through === 'posted' ? OPTIONS.providers.posted.issuer : OPTIONS.providers.main.issuer
  const back = isDirect
    ? callbackUrl(state, { iss }, through)
    : `${address.searchParams.get('redirect_to')}&code=abc`
  const [path, query] = [back.split('?')[0], back.split('?').slice(1).join('?')]
  const headers = [['content-type', 'application/x-www-form-urlencoded']]
  const request =
    through === 'posted'
      ? makeRequest(path, { method: 'POST', headers, body: query, cookie })
      : makeRequest(back, { cookie })
  const { result } = await attempt(() => auth.handle(request), never)
  checkResponse(result)
  return result
}

/** @param {World} world */
const signOut = async ({ auth }) => {
  const request = makeRequest('/auth/sign-out?next=/bye', { method: 'POST', headers: [['origin', ORIGIN]] })
  const { result } = await attempt(() => auth.signOut(request), never)
  checkResponse(result)
  return result
}

/** What a hook returns, as it may be: some of it is watched. @param {Values} values @param {any} valid */
const hookOf = (values, valid) => {
  if (values.oneIn(3)) return { hook: values.hook(), twice: () => [] }
  const { proxy, twice } = watch(nearly(valid, values))
  const hook = (...given) => {
    if (!(given.at(-1).request instanceof Request)) noticed.push('a hook gets no Request')
    return proxy
  }
  return { hook: values.pick([hook, async (...given) => hook(...given)]), twice }
}

/** @type {import('./run.mjs').Calls} */
export const HOOK_CALLS = {
  async 'result of onSession'(world, values) {
    const { hook, twice } = hookOf(values, {
      headers: { 'x-a': 'b', 'set-cookie': ['a=1', 'b=2'] },
      redirect: '/y',
    })
    Object.assign(world.plan, { onSession: hook, onEvent: values.hook() })
    await signIn(world, values)
    assert.deepEqual(twice(), [], 'a member is read twice')
  },

  async 'result of onSignOut'(world, values) {
    const valid = {
      headers: [['x-a', 'b']],
      redirect: '/y',
      provider: 'main',
      token: 'at',
      token_type_hint: 'access_token',
    }
    const { hook, twice } = hookOf(values, valid)
    Object.assign(world.plan, { onSignOut: hook, onEvent: values.hook() })
    await signOut(world)
    assert.deepEqual(twice(), [], 'a member is read twice')
  },

  async 'a hook that refuses'(world, values) {
    let isCalled = false
    const refuse = values.pick([values.own, async () => values.own()])
    const hook = () => {
      isCalled = true
      return refuse()
    }
    Object.assign(world.plan, { onSession: hook, onSignOut: hook, onEvent: values.hook() })
    const [run, code] = values.pick([
      [signIn, 'session_refused'],
      [signOut, 'sign_out_failed'],
    ])
    const response = await run(world, values)
    if (isCalled && ![...touched].some(({ isBroken }) => isBroken))
      assert.ok(response.headers.get('location').includes(`error=${code}`), 'what a hook refuses is refused')
  },

  async 'result of fetch'(world, values) {
    const twices = []
    world.plan.fetch = (url) => {
      if (values.oneIn(5)) return values.hook()()
      const { proxy, twice } = watch(makeFetched(values, answerOf(url)))
      twices.push(twice)
      return values.oneIn(2) ? proxy : Promise.resolve(proxy)
    }
    await signIn(world, values)
    for (const twice of twices) assert.deepEqual(twice(), [], 'a member is read twice')
  },
}
