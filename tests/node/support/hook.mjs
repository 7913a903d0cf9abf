// What a hook returns, read alone or through a whole sign-in or sign-out.
import assert from 'node:assert/strict'
import { readHookResult } from '../../../dist/server/hook-result.js'
import { callbackUrl, makeApp, makeRequest, ORIGIN, startSignIn } from './app.mjs'
import { readOutcome } from './outcome.mjs'

export const read = (answer, hook = 'onSession') => readHookResult(hook, answer)

/** A refusal whose message names all of these. */
export const refusal =
  (...names) =>
  (error) => {
    assert.equal(error.name, 'LandfallError')
    assert.equal(error.code, 'argument_invalid')
    for (const name of names) assert.ok(error.message.includes(name), `${error.message}: ${name}`)
    return true
  }

export const signIn = async (answer) => {
  const app = makeApp({ onSession: () => answer })
  const tx = await startSignIn(app)
  const response = await app.auth.callback(makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))
  return { tx, response, ...(await readOutcome(response, app.events[1])) }
}
export const signOut = async (answer) => {
  const app = makeApp({ onSignOut: () => answer })
  const request = makeRequest('/auth/sign-out', { method: 'POST', headers: [['origin', ORIGIN]] })
  return readOutcome(await app.auth.signOut(request), app.events[0])
}
