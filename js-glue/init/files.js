/** Files of a project that somebody else may have made: init reads no device, and leaves no folder by a link. */
import { lstatSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'

/** The most bytes of a file that init reads. */
const MAX_BYTES = 1 << 20

/** Something about the project that stops init: its message is for the person at the terminal. */
export class Problem extends Error {}

/** @param {string} path */
export const isFolder = (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

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

/** @param {string} path */
const isThere = (path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined

/**
 * Checks that a file belongs to the project, and that its folder can be there.
 * @param {string} root
 * @param {string} path in the project
 * @throws {Problem}
 */
export const checkInside = (root, path) => {
  const home = realpathSync(root)
  let folder = root
  for (const name of path.split('/')) {
    if (!isFolder(folder)) throw new Problem(`${path} needs a folder where something else is, ${folder}`)
    const next = join(folder, name)
    if (!isThere(next)) return
    const real = realpathSync(next)
    const isInside = real.startsWith(home.endsWith(sep) ? home : home + sep)
    if (!isInside && real !== home) throw new Problem(`${path} leads out of the project, to ${real}`)
    folder = next
  }
}

/**
 * Writes a file that is not there.
 * @param {string} root
 * @param {string} path in the project
 * @param {string} text
 */
export const writeNew = (root, path, text) => {
  checkInside(root, path)
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text, { flag: 'wx' })
}

/**
 * Adds lines at the end of a file, in its own kind of line ends.
 * @param {string} root
 * @param {string} path in the project
 * @param {string} text the lines
 */
export const append = (root, path, text) => {
  checkInside(root, path)
  const before = readText(join(root, path)) ?? ''
  const end = before.includes('\r\n') ? '\r\n' : '\n'
  const start = before === '' || before.endsWith('\n') ? '' : end
  writeFileSync(join(root, path), start + text.replaceAll('\n', end), { flag: 'a' })
}
