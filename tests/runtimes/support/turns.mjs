// Rows of a suite that take turns from commit to commit. `EVERY_ROW=1 npm run test:everywhere` runs all of them.
import { test } from 'node:test'
import { chooseTurns, GROUPS } from '../../../tools/turns.mjs'

/**
 * The names whose turn it is, and those that run at every commit. Of each other one, a skipped test says that it waits.
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
