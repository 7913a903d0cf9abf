// Writes js-glue/generated/: the tables that the C++ core and the JavaScript share, read from the C++ ones.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readRows } from './def.mjs'
import { comment, parseOptions, writeOptionTypes } from './options.mjs'
import { writeProviderModule } from './provider-module.mjs'
import { program, root, Stop } from './run.mjs'

const NOTE = '// Written by tools/generate.mjs.'
const read = (file) => readFileSync(join(root, file), 'utf8')

/**
 * The lists of messages.def: `#define LANDFALL_NAME(X)`, then `X(field)` rows; the comment behind a field is its note.
 * @param {string} source
 */
export const parseMessages = (source) => {
  const lists = []
  const define = /((?:^\/\/\/ .*\n)*)^#define LANDFALL_(\w+)\(X\)((?:.*\\\n)*.*)$/gm
  for (const [, comment, name, body] of source.matchAll(define)) {
    const rows = [...body.matchAll(/\bX\((\w+)\)(?:\s*\/\*\s*(.*?)\s*\*\/)?/g)]
    const fields = rows.map(([, field]) => field)
    if (fields.length === 0) throw new Stop(`messages.def: LANDFALL_${name} has no fields`)
    if (new Set(fields).size < fields.length)
      throw new Stop(`messages.def: LANDFALL_${name} has a field twice`)
    const about = comment
      .trim()
      .replaceAll(/^\/\/\/ /gm, '')
      .replaceAll('\n', ' ')
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
  return readRows(source, 'ERROR', 'errors.def').map(([, code, blame, reply, message, spec]) => {
    if (!(reply in statuses))
      throw new Stop(`errors.def: ${code} replies with ${reply}, which errors.hpp lacks`)
    return { code, blame, status: statuses[reply], message, spec }
  })
}

/** A list as a module of numbers, which bundlers put where they are used: `import * as REQUEST from …/request.js`. */
const writeList = ({ about, fields }) => [
  ...(about ? [`/** ${about} */`, ''] : []),
  ...fields.map((field, index) => `export const ${field} = ${index}`),
  '',
  '/** The names, in order. */',
  `export const NAMES = /* @__PURE__ */ Object.freeze([\n${fields.map((field) => `  '${field}',`).join('\n')}\n])`,
  '',
  '/** How many there are. */',
  `export const COUNT = ${fields.length}\n`,
]

/** The one list of a table as names. @param {string} name @param {string} source */
const writeNames = (name, source) => {
  const [{ fields }] = parseMessages(source)
  return [
    `export const ${name} = /* @__PURE__ */ Object.freeze([\n${fields.map((field) => `  '${field}',`).join('\n')}\n])\n`,
  ]
}

/** A union of literals, each on a line of its own. @param {(string | number)[]} values */
const toUnion = (values) =>
  [...new Set(values)].map((value) => `\n  | ${typeof value === 'string' ? `'${value}'` : value}`).join('')

/** The types of the error table: a code's sentence is its comment. @param {ReturnType<typeof parseErrors>} rows */
const writeErrorTypes = (rows) => [
  `/** The name of an error. */\nexport type ErrorCode =${toUnion(rows.map(({ code }) => code))}\n`,
  `/** Who has to act on an error. */\nexport type Blame =${toUnion(rows.map(({ blame }) => blame))}\n`,
  `/** A row of the error table. */
export type ErrorRow = {
  /** Who has to act. */
  readonly blame: Blame
  /** The status of the response; 303 goes to the error page. */
  readonly status:${toUnion(rows.map(({ status }) => status)).replaceAll('\n', '\n  ')}
  /** A sentence that may be shown. */
  readonly message: string
  /** The section of the specification, or nothing. */
  readonly spec: string
}
`,
  '/** The error table: a row for each code. A code of an address may be any text, and have no row. */',
  'export declare const ERRORS: { readonly [code: string]: ErrorRow | undefined } & {',
  ...rows.map(({ code, message }) => `${comment([message], '  ')}\n  readonly ${code}: ErrorRow`),
  '}\n',
]

/** @param {ReturnType<typeof parseErrors>} rows */
const writeErrors = (rows) => {
  const table = rows.map(({ code, ...row }) => `  ${code}: ${JSON.stringify(row)},`).join('\n')
  return [`export const ERRORS = /* @__PURE__ */ Object.freeze({\n${table}\n})\n`]
}

/** The codes that the JavaScript names itself, where the core has no say or is broken. */
const OWN_CODES = [
  'config_invalid',
  'argument_invalid',
  'request_too_large',
  'response_type_unexpected',
  'entropy_unavailable',
  'internal_error',
]

const writeSentences = (rows) => {
  const own = rows.filter(({ code }) => OWN_CODES.includes(code))
  const table = own.map(({ code, message }) => `  ${code}: ${JSON.stringify(message)},`).join('\n')
  return [
    '/** The sentences of the codes that the JavaScript names itself. @type {Readonly<Record<string, string>>} */',
    `export const SENTENCES = /* @__PURE__ */ Object.freeze({\n${table}\n})\n`,
  ]
}

/**
 * A number of a header, by its name. @param {string} source @param {RegExp} pattern with the number as its group
 */
const readNumber = (source, pattern) => {
  const number = Number(pattern.exec(source)?.[1])
  if (!Number.isInteger(number)) throw new Stop(`no number: ${pattern}`)
  return number
}

/** A shape of the limits as a RegExp: an x stands for a hexadecimal digit. @param {string} source @param {string} name */
const readShape = (source, name) => {
  const shape = new RegExp(`\\b${name} = "([-x]+)";`).exec(source)?.[1]
  if (!shape) throw new Stop(`no shape: ${name}`)
  return `/^${shape.replace(/x+/g, ({ length }) => `[\\da-f]{${length}}`)}$/i`
}

/** @param {string} source @param {RegExp} pattern with a number as its group */
const sumNumbers = (source, pattern) => {
  const sum = [...source.matchAll(pattern)].reduce((total, [, number]) => total + Number(number), 0)
  if (sum === 0) throw new Stop(`no number: ${pattern}`)
  return sum
}

/** Writes all of them anew. */
export const generate = () => {
  const folder = join(root, 'js-glue/generated')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const write = (file, parts) => writeFileSync(join(folder, file), [NOTE, '', ...parts].join('\n'))
  const messages = read('wasm/codec/messages.def')
  const errors = parseErrors(read('wasm/base/errors.def'), read('wasm/base/errors.hpp'))
  write('abi.js', [
    '/** Changes with the messages; the module says the same number. */',
    `export const ABI = ${readNumber(messages, /^#define LANDFALL_ABI (\d+)$/m)}\n`,
  ])
  const limits = read('wasm/base/limits.hpp')
  write('limits.js', [
    '/** Bytes that one sign-in takes: state, code_verifier and nonce. */',
    `export const ENTROPY_BYTES = ${sumNumbers(limits, /\bk\w+EntropyBytes = (\d+);/g)}\n`,
    '/** The most bytes of the options as JSON. */',
    `export const MAX_CONFIG_BYTES = ${1024 * readNumber(limits, /\bkMaxConfigBytes = (\d+)u << 10;/)}\n`,
    '/** So many milliseconds after its deadline, a request has failed for sure. */',
    `export const FETCH_SLACK_MILLISECONDS = ${readNumber(limits, /\bkFetchSlackMilliseconds = (\d+);/)}\n`,
    '/** So many seconds, new tokens are kept for requests with the old ones. */',
    `export const REFRESH_MEMORY_SECONDS = ${readNumber(limits, /\bkRefreshMemorySeconds = (\d+);/)}\n`,
    "/** So many seconds, the app's own check of a signature may take. */",
    `export const VERIFY_SECONDS = ${readNumber(limits, /\bkVerifySeconds = (\d+);/)}\n`,
    '/** The codes of Supabase Auth. */',
    `export const AUTH_CODE = ${readShape(limits, 'kUuidShape')}\n`,
  ])
  mkdirSync(join(folder, 'messages'))
  for (const list of parseMessages(messages))
    write(`messages/${list.name.toLowerCase().replaceAll('_', '-')}.js`, writeList(list))
  write('errors.js', writeErrors(errors))
  write('errors.d.ts', writeErrorTypes(errors))
  write(
    'response-parameters.js',
    writeNames('RESPONSE_PARAMETERS', read('wasm/rules/response_parameters.def')),
  )
  write('sentences.js', writeSentences(errors))
  write('providers.js', writeProviderModule())
  write('options.d.ts', writeOptionTypes(parseOptions(read('wasm/codec/options.def'))))
}

await program(import.meta.url, async () => generate())
