// What worked where: printed, and kept in docs/runtimes.md, which says the same of each row, but for versions of other machines.
// `UPDATE_DOCS=1` writes it anew.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'

const DOCUMENT = new URL('../../../docs/runtimes.md', import.meta.url)

const toLine = (cells) => `| ${cells.join(' | ')} |\n`

/** The table under a heading: its lines in a row. @param {string} heading */
const under = (heading) => new RegExp(`(?<=^## ${heading}\n[^|]*)(^\\|.*\n)+`, 'm')

/** The lines of a table without its second column, which has the versions. @param {string} text */
const withoutVersions = (text) =>
  text
    .trimEnd()
    .replaceAll(/^(\|[^|]*)\|[^|]*/gm, '$1')
    .split('\n')

/** @param {string} what the rows are @param {string[]} columns */
export const makeTable = (what, columns) => {
  /** @type {Map<string, { version: string, cells: Map<string, string> }>} */
  const rows = new Map()
  const print = () => {
    const lines = [...rows].map(([name, { version, cells }]) => [
      name,
      version,
      ...columns.map((one) => cells.get(one) ?? ''),
    ])
    const head = [what, 'version', ...columns]
    return [head, head.map(() => '---'), ...lines].map(toLine).join('')
  }
  return {
    /** @param {string} name @param {string} version */
    addRow: (name, version) => rows.set(name, { version, cells: new Map() }),

    /** Runs one of the tests that make a cell, which is what it says, or yes. @param {string} name @param {string} column @param {() => Promise<unknown>} run */
    async check(name, column, run) {
      const { cells } = rows.get(name)
      try {
        const said = await run()
        if (cells.get(column) !== 'no') cells.set(column, typeof said === 'string' ? said : 'yes')
      } catch (error) {
        cells.set(column, 'no')
        throw error
      }
    },

    /** Prints the table; each of its lines has to be in the document. @param {string} heading */
    async keep(heading) {
      const table = print()
      console.log(`\n${table}`)
      const page = await readFile(DOCUMENT, 'utf8')
      const kept = under(heading).exec(page)?.[0]
      assert.ok(kept, `docs/runtimes.md has no table under ${heading}`)
      if (process.env.UPDATE_DOCS === '1')
        return writeFile(
          DOCUMENT,
          page.replace(kept, () => table),
        )
      const lines = withoutVersions(kept)
      for (const line of withoutVersions(table))
        assert.ok(lines.includes(line), `not in docs/runtimes.md: ${line}; UPDATE_DOCS=1 writes it`)
    },
  }
}
