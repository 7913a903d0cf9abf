// A host as a process. docs/abi.md says what it gets, what it prints, and what its app does ("Test your host").
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { startChild } from '../../../stand-ins/child.mjs'

/** A hook prints its line before the host answers: the line is under way when the answer is here. */
const SETTLE_MILLISECONDS = 30

/** A line that is no JSON is an outcome too. @param {string} line @returns {object} */
const readEvent = (line) => {
  try {
    return JSON.parse(line)
  } catch {
    return { line }
  }
}

/**
 * @typedef {object} Host
 * @property {string} origin
 * @property {() => Promise<object[]>} takeEvents the hooks that ran since the last time
 * @property {() => Promise<void>} close
 */

/**
 * @param {string[]} command of the host, with its arguments
 * @param {number} port
 * @param {object} options of createAuth, as JSON has them
 * @param {Record<string, string>} [addresses] where the host finds an origin in this network
 * @returns {Promise<Host>}
 */
export const startHost = async ([file, ...args], port, options, addresses = {}) => {
  const env = {
    PORT: String(port),
    LANDFALL_OPTIONS: JSON.stringify(options),
    LANDFALL_ADDRESSES: JSON.stringify(addresses),
  }
  const child = await startChild(file, args, { env, ready: /^listening$/m })
  let events = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('{')) events.push(readEvent(line))
  })
  return {
    origin: `http://127.0.0.1:${port}`,
    close: child.stop,
    async takeEvents() {
      await wait(SETTLE_MILLISECONDS)
      const taken = events
      events = []
      return taken
    },
  }
}
