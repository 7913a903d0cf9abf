// The worker around one library: `/start?n=100` and `/callback?n=100` do so many and answer; the clock stands still within a request, so
// the time is taken outside. `/empty?n=0` is what a request costs by itself, `/once` signs in once.
import { makeApp } from './app.mjs'
import { checkCallback, comeBack } from './sign-in.mjs'
import { prepareGlobals } from './token-answers.mjs'

/** @param {string} name @param {(app: import('./app.mjs').App) => any} makePeer */
export const makeWorker = (name, makePeer) => {
  prepareGlobals()
  const app = makeApp()
  /** @type {any} */
  let peer
  const signIn = async () => {
    const request = await comeBack(await peer.start())
    checkCallback(await peer.callback(request), name, 1190)
    return request
  }
  const work = {
    start: (count) => async () => {
      for (let i = 0; i < count; i++) await peer.start()
    },
    callback: (count) => async () => {
      const request = await signIn()
      for (let i = 0; i < count; i++) await peer.callback(request)
    },
    once: () => signIn,
  }
  return {
    async fetch(request) {
      const { pathname, searchParams } = new URL(request.url)
      peer ??= makePeer(app)
      await work[pathname.slice(1)](Number(searchParams.get('n')))()
      return new Response('done')
    },
  }
}
