// What takes long takes turns: the hash of the commit chooses a quarter, and EVERY_ROW=1 or UPDATE_DOCS=1 takes all.
import { execFileSync } from 'node:child_process'
import { root } from './run.mjs'

/** The commits until all had their turn. */
export const GROUPS = 4

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
 * Those whose turn it is.
 * @param {string[]} names
 * @param {number} [groups] the commits until all had their turn
 */
export const chooseTurns = (names, groups = GROUPS) =>
  names.filter((_, index) => commit === undefined || (commit + index) % groups === 0)
