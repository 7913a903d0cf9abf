// The clock of a test: Date and, where asked for, setTimeout stand still until they are moved.
import { mock } from 'node:test'

/** Sets the time, in seconds since 1970. @param {number} seconds @param {('Date' | 'setTimeout')[]} [apis] */
export const setClock = (seconds, apis = ['Date']) => {
  mock.timers.reset()
  mock.timers.enable({ apis, now: seconds * 1000 })
}

/** Lets time run as usual again. */
export const resetClock = () => mock.timers.reset()

/** Moves a mocked clock on in steps of one second, and lets promises settle in between. @param {number} seconds */
export const passSeconds = async (seconds) => {
  for (let i = 0; i < seconds; i++) {
    await new Promise(setImmediate)
    mock.timers.tick(1000)
  }
  await new Promise(setImmediate)
}
