// What an app on SvelteKit does: all routes are in a hook.
import assert from 'node:assert/strict'
import {
  ACTION_CASES,
  otherCallbacks,
  protectPage,
  refuse,
  runScript,
  signIn,
  signOut,
  startNothing,
} from './cases-framework.mjs'

const ROUTES = '/auth'

const passOn = async ({ origin }) => {
  const home = await fetch(`${origin}/`)
  assert.equal(home.headers.get('x-own-hook'), '/')
  assert.match(await home.text(), /Sign in/)
  assert.equal((await fetch(`${origin}${ROUTES}/no-such-route`)).status, 404)
  const error = await fetch(`${origin}${ROUTES}/auth-code-error`)
  assert.deepEqual([error.status, error.headers.get('x-own-hook')], [200, null])
}

/** @type {import('./cases-framework.mjs').Cases} */
export const SVELTEKIT_CASES = {
  'whole sign-in': {
    'with paths as they are': async (world) => assert.equal(await signIn(world, ROUTES), '/welcome#'),
    'HEAD, OPTIONS and a prefetch start none': (world) => startNothing(world, ROUTES),
    'the callback of a provider is not that of another, nor of none': (world) =>
      otherCallbacks(world, ROUTES),
    'a person who refuses gets the error page': (world) => refuse(world, ROUTES),
  },
  'server action': ACTION_CASES,
  'proxy, middleware or hook': {
    'everything else passes on, to the app’s own hook': passOn,
    'a page for signed-in people': (world) => protectPage(world, ROUTES),
  },
  'error page’s script': { 'runs under the page’s policy': (world) => runScript(world, ROUTES) },
  'sign-out': { 'from a form of the app alone': (world) => signOut(world, ROUTES) },
}
