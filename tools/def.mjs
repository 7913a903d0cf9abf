// Reads the tables of the core: `LANDFALL_NAME(column, "text" "and more of it", …)`, a row for each.
import { Stop } from './run.mjs'

const TOKEN = /\s*(?:"((?:[^"\\\n]|\\.)*)"|([\w:.]+)|([,)]))/y

/** The columns of a row; `at` is behind its opening bracket. @param {string} source @param {number} at @param {string} name */
const readColumns = (source, at, name) => {
  const columns = ['']
  TOKEN.lastIndex = at
  for (;;) {
    const token = TOKEN.exec(source)
    if (!token) throw new Stop(`${name}: a row is not closed, or has more than names and texts`)
    const [, text, word, mark] = token
    if (mark === ')') return columns
    if (mark === ',') columns.push('')
    else columns[columns.length - 1] += word ?? JSON.parse(`"${text}"`)
  }
}

/**
 * The rows of the macros that a pattern names, in order: the macro's own name first, then the columns.
 * @param {string} source @param {string} names a regular expression: `ERROR`, `SCOPE|OPTION` @param {string} file for what goes wrong
 * @returns {string[][]}
 */
export const readRows = (source, names, file) => {
  const begin = new RegExp(`^ *LANDFALL_(${names})\\(`, 'gm')
  const rows = [...source.matchAll(begin)].map((match) => [
    match[1],
    ...readColumns(source, match.index + match[0].length, `${file}: LANDFALL_${match[1]}`),
  ])
  if (rows.length === 0) throw new Stop(`${file}: there is no row`)
  return rows
}
