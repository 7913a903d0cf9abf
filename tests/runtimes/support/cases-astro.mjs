// What an app on Astro does: by the routes of a file, by an action, and in the middleware.
import assert from 'node:assert/strict'
import { BrowserJar } from '../../../stand-ins/browser-jar.mjs'
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
const IN_FRONT = '/in-front'

const inEach = (run) => async (world) => {
  for (const folder of [ROUTES, IN_FRONT]) await run(world, folder)
}

/** Landfall's middleware stands before the app's own, which sees the other requests alone. */
const passOn = async ({ origin }) => {
  for (const [path, status, seen] of [
    ['/', 200, '/'],
    [`${ROUTES}/no-such-route`, 404, `${ROUTES}/no-such-route`],
    [`${ROUTES}/auth-code-error`, 200, `${ROUTES}/auth-code-error`],
    [`${IN_FRONT}/sign-in`, 303, null],
  ]) {
    const answer = await new BrowserJar().fetch(origin + path, manual)
    assert.deepEqual([answer.status, answer.headers.get('x-own-middleware')], [status, seen])
  }
}

/** @type {import('./cases-framework.mjs').Cases} */
export const ASTRO_CASES = {
  'whole sign-in': {
    'with paths as they are': async (world) => assert.equal(await signIn(world, ROUTES), '/welcome#'),
    'HEAD, OPTIONS and a prefetch start none': inEach(startNothing),
    'the callback of a provider is not that of another, nor of none': (world) =>
      otherCallbacks(world, ROUTES),
    'a person who refuses gets the error page': (world) => refuse(world, ROUTES),
  },
  'server action': ACTION_CASES,
  'proxy, middleware or hook': {
    'a whole sign-in': async (world) => assert.equal(await signIn(world, IN_FRONT), '/welcome#'),
    'everything else passes on, to the app’s own middleware': passOn,
  },
  'error page’s script': { 'runs under the page’s policy': (world) => runScript(world, ROUTES) },
  'sign-out': { 'from a form of the app alone': inEach(signOut) },
}
