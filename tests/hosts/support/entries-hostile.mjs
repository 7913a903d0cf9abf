// Token endpoints that misbehave.
import { BEHAVIOURS, SLOW } from './behaviours.mjs'
import { Visit } from './visit.mjs'

/** @typedef {import('./entries-direct.mjs').Drive} Drive */

/** @type {Record<string, Drive>} */
export const HOSTILE = {
  ...Object.fromEntries(
    Object.keys(BEHAVIOURS)
      .filter((name) => !SLOW.includes(name))
      .map((name) => [name, (visit) => visit.open(visit.signInPath(name))]),
  ),
  'a cookie of a token endpoint does not come back': async (visit) => {
    await visit.open(visit.signInPath('sets-a-cookie'))
    await visit.open(visit.signInPath('sets-a-cookie'))
  },
  'no end within the deadline': async (visit, { mask }) => {
    const seen = await Promise.all(
      SLOW.map(async (name) => {
        const one = new Visit(visit.origin)
        const start = performance.now()
        await one.open(one.signInPath(name))
        const seconds = (performance.now() - start) / 1000
        return [name, seconds > 9 && seconds < 15, one.outcome(mask, [], [])]
      }),
    )
    visit.found.seen = seen
  },
}
