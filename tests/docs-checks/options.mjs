// The options that the core's tables know, and those of docs/options.md.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './markdown.mjs'

/** The texts of one table in a C++ file: a list of names, or rows that begin with one. @param {string} file @param {string} table */
const namesOf = (file, table) => {
  const source = readFileSync(join(ROOT, 'wasm/codec', file), 'utf8')
  const body = new RegExp(
    `constexpr auto ${table} =\\s*std::to_array<[^>]*>\\(\\s*\\{(.*?)\\}\\);`,
    's',
  ).exec(source)
  if (!body) throw new Error(`${file} has no table ${table}`)
  const rows = body[1].includes('{') ? /\{"(\w+)"/g : /"([\w-]+)"/g
  return [...body[1].matchAll(rows)].map(([, name]) => name)
}

const under = (prefix, names) => names.map((name) => prefix + name)

/** Every option by its path; `*` stands for the name of a provider. */
export const knownOptions = () =>
  [
    ...namesOf('config.cpp', 'kOptions'),
    ...under('origin.', namesOf('config.cpp', 'kOriginOptions')),
    ...under('paths.', namesOf('config.cpp', 'kPathOptions')),
    ...under('providers.*.', namesOf('provider_options.cpp', 'kOptions')),
    ...under('supabase.', namesOf('supabase_options.cpp', 'kOptions')),
    ...under('supabase.cookieOptions.', namesOf('supabase_options.cpp', 'kCookieOptions')),
    ...under('supabase.providers.*.', namesOf('supabase_options.cpp', 'kProviderOptions')),
    // The one member of `cookies`, which has no table.
    'supabase.cookies.encode',
  ].sort()

/** Those of the page: a section's heading is the path, the first cell of a row the name. @param {string} text */
export const describedOptions = (text) => {
  const paths = []
  let prefix
  for (const line of text.split('\n')) {
    const heading = /^## (.*)$/.exec(line)
    if (heading) {
      const path = /^`([\w.<>]+)`$/.exec(heading[1])?.[1]
      prefix = path === undefined ? undefined : path.replace('createAuth', '').replace('<name>', '*')
    }
    const row = /^\| `(\w+)` \|/.exec(line)
    if (row && prefix !== undefined) paths.push(prefix ? `${prefix}.${row[1]}` : row[1])
  }
  return paths.sort()
}

/** A value that no option takes: lists hold texts. */
const NO_VALUE = [[]]

/** Options with one of them such a value, so that the core says what it thinks of the name. @param {string} path */
export const optionsWith = (path) => {
  const options = {}
  let at = options
  const names = path.replace('*', 'bitbucket').split('.')
  for (const name of names.slice(0, -1)) {
    at[name] = {}
    at = at[name]
  }
  at[names.at(-1)] = NO_VALUE
  return options
}
