// Writes js-glue/generated/: the tables that the C++ core and the JavaScript share, read from the C++ ones; and the hashes of what
// stands inside of our pages.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PAGE_SCRIPT } from '../js-glue/server/page-script.js'
import { STYLE } from '../js-glue/server/page-style.js'
import { program, root, Stop } from './run.mjs'

const NOTE = '// Written by tools/generate.mjs.'
const read = (file) => readFileSync(join(root, file), 'utf8')

/**
 * The lists of messages.def: `#define LANDFALL_NAME(X)`, then `X(field)` rows; the comment behind a field is its note.
 * @param {string} source
 */
export const parseMessages = (source) => {
  const lists = []
  const define = /(?:^\/\/\/ (.*)\n)?^#define LANDFALL_(\w+)\(X\)((?:.*\\\n)*.*)$/gm
  for (const [, about = '', name, body] of source.matchAll(define)) {
    const rows = [...body.matchAll(/\bX\((\w+)\)(?:\s*\/\*\s*(.*?)\s*\*\/)?/g)]
    const fields = rows.map(([, field]) => field)
    if (fields.length === 0) throw new Stop(`messages.def: LANDFALL_${name} has no fields`)
    if (new Set(fields).size < fields.length)
      throw new Stop(`messages.def: LANDFALL_${name} has a field twice`)
    lists.push({ about, name, fields, notes: rows.map(([, , note = '']) => note) })
  }
  if (lists.length === 0) throw new Stop('messages.def: no list was found')
  return lists
}

/**
 * The rows of errors.def, with the HTTP statuses of errors.hpp.
 * @param {string} source
 * @param {string} header
 */
export const parseErrors = (source, header) => {
  const replies = /enum class Reply[^{]*\{([^}]*)\}/.exec(header)?.[1] ?? ''
  const statuses = Object.fromEntries(
    [...replies.matchAll(/(\w+) = (\d+)/g)].map(([, name, n]) => [name, Number(n)]),
  )
  const row = /^LANDFALL_ERROR\((\w+), (\w+), (\w+), "((?:[^"\\]|\\.)*)", "([^"]*)"\)$/gm
  const rows = [...source.matchAll(row)].map(([, code, blame, reply, message, spec]) => {
    if (!(reply in statuses))
      throw new Stop(`errors.def: ${code} replies with ${reply}, which errors.hpp lacks`)
    return { code, blame, status: statuses[reply], message: JSON.parse(`"${message}"`), spec }
  })
  const written = source.match(/^LANDFALL_ERROR/gm)?.length ?? 0
  if (rows.length === 0 || rows.length !== written) {
    throw new Stop(`errors.def: read ${rows.length} rows of ${written}; a row stands on one line`)
  }
  return rows
}

const writeMessages = (lists) =>
  lists.map(({ about, name, fields }) => {
    const indices = fields.map((field, index) => `  ${field}: ${index},`).join('\n')
    const comment = about && `/** ${about} */\n`
    const names = fields.map((field) => `  '${field}',`).join('\n')
    return [
      `${comment}export const ${name} = /* @__PURE__ */ Object.freeze({\n${indices}\n})\n`,
      `/** The names of ${name}, in order. */`,
      `export const ${name}_FIELDS = /* @__PURE__ */ Object.freeze([\n${names}\n])\n`,
    ].join('\n')
  })

/** A union of literals. @param {(string | number)[]} values each at least once */
const toUnion = (values) =>
  [...new Set(values)].map((value) => (typeof value === 'string' ? `'${value}'` : value)).join(' | ')

/** @param {ReturnType<typeof parseErrors>} rows */
const writeTypes = (rows) => `/**
 * Every error that Landfall can name.
 * @typedef {${toUnion(rows.map(({ code }) => code))}} ErrorCode
 */

/**
 * Who has to act.
 * @typedef {${toUnion(rows.map(({ blame }) => blame))}} Blame
 */

/**
 * @typedef {object} ErrorRow
 * @property {Blame} blame who has to act
 * @property {${toUnion(rows.map(({ status }) => status))}} status what a handler replies with; 303 goes to the error path
 * @property {string} message a sentence that may be shown
 * @property {string} spec the section of the specification, or nothing
 */
`

/** The type has every code, and any other text: a code may come from an address. */
const ERRORS_TYPE =
  'Readonly<Record<ErrorCode, ErrorRow>> & { readonly [code: string]: ErrorRow | undefined }'

/** @param {ReturnType<typeof parseErrors>} rows */
const writeErrors = (rows) => {
  const table = rows.map(({ code, ...row }) => `  ${code}: ${JSON.stringify(row)},`).join('\n')
  return [
    writeTypes(rows),
    `/**\n * The error table: a row for each code.\n * @type {${ERRORS_TYPE}}\n */`,
    `export const ERRORS = /* @__PURE__ */ Object.freeze({\n${table}\n})\n`,
  ]
}

/** As a Content-Security-Policy names what stands in a page (CSP Level 3, 2.3.1). @param {string} text */
const hash = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`

const writeHashes = () => [
  '/** The style of our pages, as their policy names it. */',
  `export const STYLE_HASH = '${hash(STYLE)}'\n`,
  '/** The script of our pages. */',
  `export const SCRIPT_HASH = '${hash(PAGE_SCRIPT)}'\n`,
]

/** Writes all of them anew. */
export const generate = () => {
  const folder = join(root, 'js-glue/generated')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const write = (file, parts) => writeFileSync(join(folder, file), [NOTE, '', ...parts].join('\n'))
  write('messages.js', writeMessages(parseMessages(read('wasm/codec/messages.def'))))
  write('errors.js', writeErrors(parseErrors(read('wasm/base/errors.def'), read('wasm/base/errors.hpp'))))
  write('page-policy.js', writeHashes())
}

await program(import.meta.url, async () => generate())
