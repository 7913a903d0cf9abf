/** How far a word is from another: for a name that a person mistyped. */

/**
 * How many letters one word is from another: added, left out, changed, or swapped with a neighbour.
 * @param {string} one
 * @param {string} other
 */
export const countSlips = (one, other) => {
  /** @type {number[][]} */
  const rows = []
  const at = (/** @type {number} */ i, /** @type {number} */ j) =>
    i < 0 || j < 0 ? Math.max(i, j) + 1 : /** @type {number} */ (rows[i]?.[j])
  for (let i = 0; i < one.length; i++) {
    rows.push([])
    for (let j = 0; j < other.length; j++) {
      // Before the first letter there is none, which is like no letter.
      const isSwapped = one[i] === other[j - 1] && one[i - 1] === other[j]
      const changed = at(i - 1, j - 1) + (one[i] === other[j] ? 0 : 1)
      const swapped = isSwapped ? at(i - 2, j - 2) + 1 : changed
      rows[i]?.push(Math.min(changed, swapped, at(i - 1, j) + 1, at(i, j - 1) + 1))
    }
  }
  return at(one.length - 1, other.length - 1)
}
