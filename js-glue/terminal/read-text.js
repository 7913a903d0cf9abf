/** Files of a project that somebody else may have made: no command reads a device. */
import { readFileSync, statSync } from 'node:fs'

/** The most bytes of a file that a command reads. */
const MAX_BYTES = 1 << 20

/** Something about a project that stops a command: its message is for the person at the terminal. */
export class Problem extends Error {}

/**
 * The text of a file; undefined where there is none. A byte order mark is no part of it.
 * @param {string} path
 * @throws {Problem}
 */
export const readText = (path) => {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return undefined
  if (!stats.isFile()) throw new Problem(`${path} is no file`)
  if (stats.size > MAX_BYTES) throw new Problem(`${path} has more than ${MAX_BYTES} bytes`)
  return new TextDecoder().decode(readFileSync(path))
}
