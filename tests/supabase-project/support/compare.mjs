// Compares what a project answers with what is recorded, leaf by leaf, and prints the differences as a table.

/** @typedef {{ what: string, recorded: string, real: string }} Difference */

const show = (value) =>
  value instanceof RegExp ? String(value) : value === undefined ? '(absent)' : JSON.stringify(value)
const isTree = (value) => typeof value === 'object' && value !== null && !(value instanceof RegExp)

/**
 * @param {string} what the name of the fact
 * @param {unknown} recorded a value, a RegExp that a text matches, or a tree of them
 * @param {unknown} real
 * @returns {Difference[]}
 */
export function compare(what, recorded, real) {
  if (isTree(recorded) && isTree(real)) {
    const names = [...new Set([...Object.keys(recorded), ...Object.keys(real)])]
    return names.flatMap((name) => compare(`${what} · ${name}`, recorded[name], real[name]))
  }
  const isSame =
    recorded instanceof RegExp ? typeof real === 'string' && recorded.test(real) : Object.is(recorded, real)
  return isSame ? [] : [{ what, recorded: show(recorded), real: show(real) }]
}

/** A text from a server, safe for a terminal and for one cell. */
export const cell = (text) => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD').slice(0, 160)

/** @param {Difference[]} differences */
export function tableOf(differences) {
  const rows = [
    ['what', 'recorded', 'real'],
    ...differences.map(({ what, recorded, real }) => [what, recorded, real].map(cell)),
  ]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)))
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
