// What an app on React Router does: all routes are in the middleware of one route.
import assert from 'node:assert/strict'
import {
  ACTION_CASES,
  manual,
  otherCallbacks,
  refuse,
  runScript,
  signIn,
  signOut,
  startNothing,
} from './cases-framework.mjs'

const ROUTES = '/auth'

/** The app's own middleware stands before Landfall's, and sees every response. */
const passOn = async ({ origin }) => {
  for (const [path, status] of [
    ['/', 200],
    [`${ROUTES}/no-such-route`, 404],
    [`${ROUTES}/auth-code-error`, 200],
  ]) {
    const answer = await fetch(origin + path)
    assert.deepEqual([answer.status, answer.headers.get('x-own-middleware')], [status, path])
  }
}

/** Why Landfall's routes are in a middleware. */
const rewrite = async ({ origin }) => {
  const location = async (by, to) => {
    const query = new URLSearchParams({ to })
    return (await fetch(`${origin}/loader/${by}?${query}`, manual)).headers.get('location')
  }
  for (const [to, byLoader] of [
    ['/welcome#', '/welcome'],
    ['/a//b#', '/a/b'],
    ['/welcome#top', '/welcome#top'],
    [`${origin}/welcome#`, `${origin}/welcome#`],
  ]) {
    assert.equal(await location('by-loader', to), byLoader)
    assert.equal(await location('by-middleware', to), to)
  }
}

/** @type {import('./cases-framework.mjs').Cases} */
export const REACT_ROUTER_CASES = {
  'whole sign-in': {
    'with paths as they are': async (world) => assert.equal(await signIn(world, ROUTES), '/welcome#'),
    'HEAD, OPTIONS and a prefetch start none': (world) => startNothing(world, ROUTES),
    'the callback of a provider is not that of another, nor of none': (world) =>
      otherCallbacks(world, ROUTES),
    'a person who refuses gets the error page': (world) => refuse(world, ROUTES),
  },
  'server action': ACTION_CASES,
  'proxy, middleware or hook': { 'everything else passes on, by the app’s own middleware': passOn },
  'error page’s script': { 'runs under the page’s policy': (world) => runScript(world, ROUTES) },
  'sign-out': { 'from a form of the app alone': (world) => signOut(world, ROUTES) },
}

/** By title. @type {Record<string, (world: { origin: string }) => Promise<void>>} */
export const LOCATION_CASES = {
  'a path that a loader redirects to is rewritten, an address and what a middleware sends are not': rewrite,
}
