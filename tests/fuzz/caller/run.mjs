// The fuzzing itself: run after run from a seed, until the time or the count is up, or a run breaks a promise.

import { SERVER_CALLS } from './calls.mjs'
import { HOOK_CALLS } from './hook-calls.mjs'
import { touched, trap } from './instances.mjs'
import { makeInvariants } from './invariants.mjs'
import { thrown } from './own-errors.mjs'
import { PAGE_CALLS } from './page-calls.mjs'
import { makeRandom } from './random.mjs'
import { makeValues, noticed } from './values.mjs'
import { makeWorld } from './world.mjs'

const CALLS = Object.entries({ ...SERVER_CALLS, ...HOOK_CALLS, ...PAGE_CALLS })
/** So often the next person signs in. */
const NEXT_PERSON = 16
/** So often an instance of the core traps in a call. */
const TRAP = 12
/** A call that takes longer does not end. */
const DEADLINE_MILLISECONDS = 20_000

/** @typedef {Record<string, (world: import('./world.mjs').World, values: import('./values.mjs').Values) => Promise<void>>} Calls by name */
/** @typedef {{ seed: number, run: number, call: string, error: unknown }} Finding */

/** Delays that the core asks for between two requests pass at once. */
const shortenDelays = () => {
  const { setTimeout } = globalThis
  globalThis.setTimeout = /** @type {any} */ (
    (listener, delay, ...given) => setTimeout(listener, delay < 1000 && delay > 100 ? 0 : delay, ...given)
  )
  return () => Object.assign(globalThis, { setTimeout })
}

/** @param {Promise<void>} call */
const withDeadline = async (call) => {
  let timer
  const late = new Promise((_, refuse) => {
    timer = setTimeout(() => refuse(new Error('the call does not end')), DEADLINE_MILLISECONDS)
  })
  await Promise.race([call, late]).finally(() => clearTimeout(timer))
}

/**
 * @param {{ seed: number, first?: number, isOver: (run: number) => boolean }} how
 * @returns {Promise<{ runs: number, counts: Record<string, number>, finding?: Finding }>}
 */
export const fuzz = async ({ seed, first = 0, isOver }) => {
  const strays = []
  const stray = (error) => strays.push(error)
  for (const event of ['unhandledRejection', 'uncaughtException']) process.on(event, stray)
  const lengthen = shortenDelays()
  const world = makeWorld()
  const invariants = await makeInvariants(world)
  const counts = Object.fromEntries(CALLS.map(([name]) => [name, 0]))

  /** @param {number} run @param {Function} call */
  const runOnce = async (run, call) => {
    const values = makeValues(makeRandom(seed, run))
    touched.clear()
    thrown.clear()
    noticed.length = 0
    trap.after = values.oneIn(TRAP) ? 1 + values.below(4) : 0
    await withDeadline(call(world, values))
    await new Promise(setImmediate)
    trap.after = 0
    invariants.checkCall()
    if (run % NEXT_PERSON === 0) await invariants.checkNextPerson()
    for (const name of Object.keys(world.plan)) delete world.plan[name]
    if (noticed.length > 0) throw new Error(noticed[0])
    if (strays.length > 0) throw new Error('an error that nobody handles', { cause: strays[0] })
  }

  let run = first
  try {
    for (; !isOver(run - first); run++) {
      const [name, call] = CALLS[makeRandom(seed, -1 - run).below(CALLS.length)]
      counts[name] += 1
      try {
        await runOnce(run, call)
      } catch (error) {
        return { runs: run - first, counts, finding: { seed, run, call: name, error } }
      }
    }
    return { runs: run - first, counts }
  } finally {
    lengthen()
    for (const event of ['unhandledRejection', 'uncaughtException']) process.off(event, stray)
  }
}
