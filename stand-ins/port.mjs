// A free port for a program that has to know its address before it listens.
import { createServer } from 'node:net'

/** Systems give ports above these to connections and to servers that do not ask for one: nobody gets one in between. */
const FIRST = 15_000
const LAST = 32_000
const given = new Set()

/** @param {number} port @returns {Promise<boolean>} */
const isFree = (port) =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/** A port on loopback that nobody listens on; this process gets it once. @returns {Promise<number>} */
export const findPort = async () => {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST))
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
}
