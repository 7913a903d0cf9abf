// What takes long takes turns: the hash of the commit chooses a third of the rows, besides those that always run.
// `EVERY_ROW=1 npm run test:everywhere` runs all of them, and so does UPDATE_DOCS=1.
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { root } from '../../../tools/run.mjs'

const GROUPS = 3

/** A number that the commit gives; undefined where there is no commit. */
const numberOfCommit = () => {
  try {
    const hash = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8', stdio: 'pipe' })
    return Number.parseInt(hash.slice(0, 8), 16)
  } catch {
    return undefined
  }
}

const isEvery = process.env.EVERY_ROW === '1' || process.env.UPDATE_DOCS === '1'
const commit = isEvery ? undefined : numberOfCommit()

/**
 * The names whose turn it is.
 * @param {string[]} names
 * @param {number} [groups] the commits until all had their turn
 */
export const chooseTurns = (names, groups = GROUPS) =>
  names.filter((_, index) => commit === undefined || (commit + index) % groups === 0)

/**
 * The same, and those that run at every commit. Of each other one, a skipped test says that it waits.
 * @param {string[]} names
 * @param {string[]} [always]
 * @param {number} [groups] the commits until all had their turn
 */
export const takeTurns = (names, always = [], groups = GROUPS) => {
  const chosen = [...chooseTurns(names, groups), ...always]
  return names.filter((name) => {
    const isTurn = chosen.includes(name)
    if (!isTurn) test(`${name} waits: the hash of this commit chose other rows`, { skip: true }, () => {})
    return isTurn
  })
}
