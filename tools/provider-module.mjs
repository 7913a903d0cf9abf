// The providers by name as the program `landfall` needs them: js-glue/generated/providers.js.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pageOf } from './provider-page.mjs'
import { hasTrait, optionsOf, readProviders, variableOf } from './providers.mjs'
import { root, Stop } from './run.mjs'

/** @typedef {import('./providers.mjs').Provider} Provider */

const read = (file) => readFileSync(join(root, file), 'utf8')

/** Markdown as a terminal shows it. @param {string} line */
const toPlain = (line) => line.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1').replaceAll('`', '')

/** How to register an app: the lines that the provider's page begins the section with. @param {Provider} provider */
const readSteps = (provider) => {
  const [, section = ''] =
    /^## Register the app\n([\s\S]*?)^(?:#|<!--|```)/m.exec(read(pageOf(provider))) ?? []
  const steps = section.split('\n').filter(Boolean).map(toPlain)
  if (steps.length === 0) throw new Stop(`${pageOf(provider)} does not say how to register an app`)
  return steps
}

/** What Supabase Auth calls its providers, from the core's own list. */
const readSupabaseProviders = () => {
  const [, texts = ''] =
    /\bkProviders =\s*((?:"[^"]*"\s*)+);/.exec(read('wasm/rules/supabase/project.cpp')) ?? []
  const names = texts.match(/\w+/g) ?? []
  if (names.length === 0) throw new Stop('project.cpp has no kProviders')
  return names
}

/** The environment variables of its options, without the name that they begin with. @param {Provider} provider */
const writeVariables = (provider) =>
  Object.fromEntries(
    optionsOf(provider).map((option) => [option, variableOf({ ...provider, name: '' }, option).slice(1)]),
  )

/** The lines of the module. */
export const writeProviderModule = () => {
  const rows = readProviders().map((provider) => ({
    names: provider.names,
    title: provider.title,
    button: provider.button,
    page: pageOf(provider),
    isHttpsOnly: hasTrait(provider, 'form_post'),
    issuer: provider.columns.issuer,
    authorizationEndpoint: provider.columns.authorization_endpoint,
    jwksUri: provider.columns.jwks_uri,
    options: writeVariables(provider),
    steps: readSteps(provider),
  }))
  return [
    '/**',
    ' * A provider that Landfall knows by name.',
    ' * @typedef {object} ProviderRow',
    ' * @property {string[]} names',
    ' * @property {string} title',
    ' * @property {string} button the words of its button',
    ' * @property {string} page of the documentation',
    ' * @property {boolean} isHttpsOnly whether it takes no address on http, and so none of this machine',
    ' * @property {string} issuer its own; empty where the row has none',
    ' * @property {string} authorizationEndpoint with {host} or {tenant}; empty where its metadata has the addresses',
    ' * @property {string} jwksUri the same for its keys',
    ' * @property {Record<string, string>} options the ends of their environment variables, by option',
    ' * @property {string[]} steps how to register an app',
    ' */',
    '',
    '/** @type {readonly ProviderRow[]} */',
    `export const PROVIDERS = /* @__PURE__ */ Object.freeze(${JSON.stringify(rows, null, 2)})`,
    '',
    '/** @type {readonly string[]} */',
    `export const SUPABASE_PROVIDERS = /* @__PURE__ */ Object.freeze(${JSON.stringify(readSupabaseProviders())})\n`,
  ]
}
