/** Files of a project that somebody else may have made: init leaves no folder by a link. */
import { lstatSync, mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { Problem, readText } from '../terminal/read-text.js'

/** @param {string} path */
export const isFolder = (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** @param {string} path */
const isThere = (path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined

/**
 * Checks that a file belongs to the project, and that its folder can be there.
 * @param {string} root
 * @param {string} path in the project
 * @throws {Problem}
 */
export const checkInside = (root, path) => {
  const home = join(realpathSync(root), sep)
  let folder = root
  for (const name of path.split('/')) {
    if (!isFolder(folder)) throw new Problem(`${path} needs a folder where something else is, ${folder}`)
    const next = join(folder, name)
    if (!isThere(next)) return
    const real = realpathSync(next)
    if (!join(real, sep).startsWith(home)) throw new Problem(`${path} leads out of the project, to ${real}`)
    folder = next
  }
}

/**
 * Writes a file that is not there. The plan has checked its place, but a person may have thought about it for long.
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
