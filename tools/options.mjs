// options.def, and the types that the package has of it.
import { readRows } from './def.mjs'
import { Stop } from './run.mjs'

/**
 * @typedef {object} Option
 * @property {string} scope where it stands
 * @property {string} name
 * @property {string} form how it is read
 * @property {string} [opens] the scope of the options inside
 * @property {string} blocks what waits for it where it has no value
 * @property {string} limit
 * @property {string} fallback what holds where it is left out
 * @property {string} sentence
 */

/** @typedef {{ name: string, path: string, type: string, sentence: string, options: Option[] }} Scope */

/** The scopes of options.def with their options, in order. @param {string} source @returns {Scope[]} */
export const parseOptions = (source) => {
  /** @type {Map<string, Scope>} */
  const scopes = new Map()
  for (const [macro, ...columns] of readRows(source, 'SCOPE|OPTION(?:_\\w+)?', 'options.def')) {
    if (macro === 'SCOPE') {
      const [name, , path, type, sentence] = columns
      scopes.set(name, { name, path, type, sentence, options: [] })
      continue
    }
    const [scope, name, form, fourth, blocks, limit, fallback, sentence] = columns
    const opens = macro === 'OPTION_OBJECT' ? fourth : undefined
    if (sentence === undefined || columns.length > 8)
      throw new Stop(`options.def: ${name} has ${columns.length} columns`)
    const { options } = scopes.get(scope) ?? { options: undefined }
    if (!options) throw new Stop(`options.def: ${name} stands in ${scope}, which is no scope before it`)
    if (options.some((option) => option.name === name))
      throw new Stop(`options.def: ${scope} has ${name} twice`)
    options.push({ scope, name, form, opens, blocks, limit, fallback, sentence })
  }
  return [...scopes.values()]
}

/** The texts of a choice. @param {Option} option */
export const choicesOf = ({ limit }) => limit.split('|').filter(Boolean)

const PARAMETERS = 'Record<string, string | number>'

/** What TypeScript takes, by form. @type {Record<string, (option: Option, type: string) => string>} */
const TYPES = {
  object: (_, type) => type,
  project: (_, type) => type,
  providers: (_, type) => `Record<string, ${type}>`,
  project_providers: (_, type) => `Record<string, ${type}>`,
  authorization_params: () => PARAMETERS,
  query_params: () => PARAMETERS,
  secret: () => 'FromEnvironment | FromEnvironment[]',
  origin: (_, type) => `FromEnvironment | ${type}`,
  session: (_, type) => `boolean | ${type}`,
  site: () => 'FromEnvironment | undefined',
  hosts: () => 'FromEnvironment[] | undefined',
  scopes: () => 'string | string[]',
  text: ({ blocks }) => (blocks === 'nothing' ? 'string' : 'FromEnvironment'),
  host: () => 'FromEnvironment',
  tenant: () => 'FromEnvironment | string[]',
  parameters: () => 'string | string[]',
  private_key: () => 'FromEnvironment',
  header: () => 'FromEnvironment',
  path: () => 'string',
  page: () => 'string',
  error_page: () => 'string',
  url: () => 'FromEnvironment',
  issuer: () => 'FromEnvironment',
  project_url: () => 'FromEnvironment',
  choice: (option) =>
    choicesOf(option)
      .map((text) => `'${text}'`)
      .join(' | '),
  algorithm: (option) =>
    choicesOf(option)
      .map((text) => `\n    | '${text}'`)
      .join(''),
  flag: () => 'boolean',
  function: ({ limit }) => limit,
  number: () => 'number',
  seconds: () => 'number',
  age: () => 'number',
  promise: () => 'boolean',
}

/** A sentence for editors: a link of the documents is its text. @param {string} sentence */
const plain = (sentence) => sentence.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')

/** A comment of lines that fit into 100 characters. @param {string[]} paragraphs @param {string} indent */
export const comment = (paragraphs, indent) => {
  const lines = []
  for (const paragraph of paragraphs) {
    let line = ''
    for (const word of paragraph.split(' ')) {
      if (line && line.length + word.length > 100) lines.push(line)
      line = !line || line.length + word.length > 100 ? word : `${line} ${word}`
    }
    lines.push(line)
  }
  const only = lines.length === 1 ? lines[0] : undefined
  return only
    ? `${indent}/** ${only} */`
    : `${indent}/**\n${lines.map((line) => `${indent} * ${line}`).join('\n')}\n${indent} */`
}

/** @param {Option} option @param {Map<string, string>} types of the scopes */
const writeProperty = (option, types) => {
  const { name, form, opens, fallback, sentence } = option
  const toType = TYPES[form]
  if (!toType) throw new Stop(`options.def: ${name} has a form that has no type: ${form}`)
  const isRequired = fallback === 'required'
  const hasDefault = !isRequired && fallback !== '' && fallback !== 'none'
  const paragraphs = [plain(sentence), ...(hasDefault ? [`Default: ${plain(fallback)}.`] : [])]
  const type = toType(option, types.get(opens ?? '') ?? '')
  const gap = type.startsWith('\n') ? '' : ' '
  return `${comment(paragraphs, '  ')}\n  ${name}${isRequired ? '' : '?'}:${gap}${type}`
}

/** The types of the options, as generated/options.d.ts has them. @param {Scope[]} scopes */
export const writeOptionTypes = (scopes) => {
  const types = new Map(scopes.map(({ name, type }) => [name, type]))
  return [
    "import type { AuthEvent } from '../event.js'",
    "import type { Session, SignedInSession, SupabaseSession } from '../session.js'",
    "import type { Verify } from '../signature.js'",
    "import type { FromEnvironment, OnSession, SignOutResult } from '../types.js'\n",
    ...scopes.map(
      ({ type, sentence, options }) =>
        `${comment([plain(sentence)], '')}\nexport type ${type} = {\n${options.map((option) => writeProperty(option, types)).join('\n')}\n}\n`,
    ),
  ]
}
