// The tables of docs/options.md, made of options.def; and the options that the core is asked for.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { choicesOf, parseOptions } from '../../tools/options.mjs'
import { ROOT } from './markdown.mjs'

export const OPTIONS_PAGE = 'docs/options.md'

const readScopes = () => parseOptions(readFileSync(join(ROOT, 'wasm/codec/options.def'), 'utf8'))

/** @param {{ path: string }} scope @param {{ name: string }} option */
const pathOf = ({ path }, { name }) => `${path.replace('<name>', '*')}.${name}`.replace(/^\./, '')

/** Every option by its path; `*` stands for the name of a provider. */
export const knownOptions = () =>
  readScopes().flatMap((scope) => scope.options.map((option) => pathOf(scope, option)))

/** The heading of a scope. @param {string} path */
const headingOf = (path) => `## \`${path || 'createAuth'}\``

/** As GitHub names that heading. @param {string} path */
const anchorOf = (path) => path.toLowerCase().replace(/[^\w-]/g, '')

const link = (text, path) => `[${text}](#${anchorOf(path)})`

/** What the column `type` says, by form. @type {Record<string, (option: import('../../tools/options.mjs').Option, path: string) => string>} */
const TYPES = {
  object: (_, path) => link('object', path),
  project: (_, path) => link('object', path),
  providers: (_, path) => link('object by name', path),
  project_providers: (_, path) => link('object by name', path),
  authorization_params: () => 'object',
  query_params: () => 'object',
  secret: ({ limit }) => `text of ${limit}, or a list`,
  origin: (_, path) => `text, or ${link('an object', path)}`,
  session: (_, path) => `true, false, or ${link('an object', path)}`,
  site: () => 'https origin',
  hosts: () => 'list of hosts',
  scopes: () => 'list, or one text',
  text: () => 'text',
  tenant: () => 'text, or a list',
  host: () => 'host',
  parameters: () => 'list, or one text',
  private_key: () => 'text of a PEM file',
  header: () => 'text',
  path: () => 'path',
  page: () => 'path, with or without a query',
  error_page: () => 'path, with or without a query',
  url: () => 'https address',
  issuer: () => 'https address',
  project_url: () => 'https address',
  choice: (option) =>
    choicesOf(option)
      .map((text) => `\`${text}\``)
      .join(', '),
  algorithm: (option) => TYPES.choice(option, ''),
  flag: () => 'true, false',
  function: () => 'function',
  number: () => 'number',
  seconds: () => 'seconds',
  age: () => 'seconds, from 1',
  promise: () => 'true, false',
}

const HEAD = ['| option | type | default | what for, and when to change it |', '|---|---|---|---|']

const NOT_SET_HEAD = ['| not set | what does not work |', '|---|---|']

/** Links of options.def start in docs/: on this page its own name is left out. @param {string} text */
const here = (text) => text.replaceAll('](options.md#', '](#')

/**
 * A page with the table under a heading written anew; it is told by its head.
 * @param {string} page @param {string} heading @param {string[]} table head, line, rows
 */
const replaceTable = (page, heading, table) => {
  const lines = page.split('\n')
  const begin = lines.indexOf(heading)
  const first = lines.indexOf(table[0], begin)
  const next = lines.findIndex((line, index) => index > begin && line.startsWith('## '))
  if (begin < 0 || first < 0 || (next >= 0 && first > next))
    throw new Error(`${OPTIONS_PAGE} has no table under ${heading}`)
  let end = first
  while (lines[end]?.startsWith('|')) end += 1
  lines.splice(first, end - first, ...table)
  return lines.join('\n')
}

/** What an option without a value keeps from working. @type {Record<string, string>} */
const BLOCKED = {
  everything: 'every route except the error page',
  provider: 'signing in with this provider',
  supabase: 'what goes through Supabase',
}

/** @param {import('../../tools/options.mjs').Scope[]} scopes */
const notSetRows = (scopes) =>
  Object.entries(BLOCKED).map(([blocks, blocked]) => {
    const names = scopes.flatMap(({ path, options }) => {
      const own = options.filter((option) => option.blocks === blocks).map(({ name }) => `\`${name}\``)
      return own.length > 0 ? [path ? `of \`${path}\`: ${own.join(', ')}` : own.join(', ')] : []
    })
    return `| ${names.join('; ')} | ${blocked} |`
  })

/** The page with its tables as options.def has them, each under the heading of its scope. @param {string} text */
export const renewOptions = (text) => {
  const scopes = readScopes()
  const paths = new Map(scopes.map(({ name, path }) => [name, path]))
  const row = (option) => {
    const { name, form, opens, fallback, sentence } = option
    return `| \`${name}\` | ${TYPES[form](option, paths.get(opens))} | ${fallback} | ${here(sentence)} |`
  }
  const page = replaceTable(text, '## Settings without a value', [...NOT_SET_HEAD, ...notSetRows(scopes)])
  return scopes.reduce(
    (renewed, { path, options }) => replaceTable(renewed, headingOf(path), [...HEAD, ...options.map(row)]),
    page,
  )
}

/** A value that no option takes: lists hold texts. */
const NO_VALUE = [[]]

/** Every text that a choice takes, as [path, text]. @returns {[string, string][]} */
export const knownChoices = () =>
  readScopes().flatMap((scope) =>
    scope.options
      .filter(({ form }) => form === 'choice' || form === 'algorithm')
      .flatMap((option) => choicesOf(option).map((text) => [pathOf(scope, option), text])),
  )

/** Options with one of them such a value, so that the core says what it thinks of the name. @param {string} path @param {unknown} value */
export const optionsWith = (path, value = NO_VALUE) => {
  const options = {}
  let at = options
  const names = path.replace('*', 'bitbucket').split('.')
  for (const name of names.slice(0, -1)) {
    at[name] = {}
    at = at[name]
  }
  at[names.at(-1)] = value
  return options
}
