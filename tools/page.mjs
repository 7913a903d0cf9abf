// The demo page from web-demo/page: dist/demo/hosted/ for a web server, and dist/demo/index.html, one file that also opens from disk.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { toText } from './inline.mjs'
import { INSTALL_COMMAND } from './install-command.mjs'
import { paletteFor } from './palette.mjs'
import { hasTrait, isOpenid, optionsOf, readProviders } from './providers.mjs'
import { root } from './run.mjs'

const source = join(root, 'web-demo/page')
const folder = join(root, 'dist/demo')
const STYLES = ['page.css', 'fields.css', 'sequence.css', 'parts.css']
/** What a stand-in of the page cannot play: an answer by POST, a secret that a key signs, a token request in JSON. */
const TOO_SPECIAL = ['form_post', 'sign', 'json']

/**
 * Whether a stand-in of the page plays it: all of its addresses are in its row, and it does nothing special.
 * @param {import('./providers.mjs').Provider} provider
 */
const isPlayed = (provider) => {
  const { token_endpoint, alg } = provider.columns
  const isComplete = token_endpoint !== '' && !token_endpoint.includes('{') && alg === ''
  return isComplete && !TOO_SPECIAL.some((trait) => hasTrait(provider, trait))
}

/** A cell of the page's table; 0 for what most rows have. @param {string} cell @param {string} usual */
const orUsual = (cell, usual) => (cell === usual ? 0 : cell)

/** What that stand-in needs. @param {import('./providers.mjs').Provider} provider */
const partOf = (provider) => {
  const { issuer, profile, emails } = provider.columns
  return isPlayed(provider) ? [isOpenid(provider) ? issuer : '', profile, emails] : []
}

/** What the page's script takes from here. */
const define = () => ({
  INSTALL_COMMAND: JSON.stringify(INSTALL_COMMAND),
  KNOWN_PROVIDERS: JSON.stringify(
    readProviders().map((provider) => [
      provider.name,
      provider.title,
      orUsual(provider.button, `Sign in with ${provider.title}`),
      orUsual(optionsOf(provider).join(), 'clientId,clientSecret'),
      ...partOf(provider),
    ]),
  ),
})

const weigh = (text) => `${Math.round(brotliCompressSync(text).length / 1000)} kB`

/** Leaves the text of the core out of a bundle: `withCore` puts it behind. */
const withoutCore = {
  name: 'without-core',
  /** @param {import('esbuild').PluginBuild} build */
  setup: (build) =>
    build.onLoad({ filter: /core-text\.js$/ }, () => ({ contents: 'export default CORE_TEXT' })),
}

/** The script with the core's text as its last part, where it compresses best. @param {string} script */
const withCore = (script) =>
  `(CORE_TEXT=>{${script}})('${toText(readFileSync(join(root, 'dist/core.wasm')))}')\n`

/** @param {string} entry @param {import('esbuild').Plugin[]} [plugins] */
const bundle = async (entry, plugins = []) => {
  const { build: esbuild } = await import('esbuild')
  const options = {
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    write: false,
    define: define(),
    plugins,
  }
  const { outputFiles } = await esbuild({ entryPoints: [entry], ...options })
  return outputFiles[0].text
}

/** The page's script. @param {import('esbuild').Plugin[]} [plugins] that change it */
export const bundlePage = (plugins) => bundle(join(source, 'main.js'), plugins)

/** Writes both forms of the page. */
export const buildPage = async () => {
  // Inside of HTML nothing else would end the script.
  const script = withCore(await bundlePage([withoutCore])).replaceAll('</', '<\\/')
  const style = STYLES.map((name) => readFileSync(join(source, name), 'utf8')).join('\n')
  const { transform } = await import('esbuild')
  const { code: css } = await transform(paletteFor(style) + style, {
    loader: 'css',
    minify: true,
    target: 'es2022',
    charset: 'utf8',
  })
  const package_ = await bundle(join(root, 'js-glue/entries/index.js'))
  const html = readFileSync(join(source, 'index.html'), 'utf8')
    .replaceAll('>\n<', '><')
    .replace('<!-- size -->', weigh(package_))
    .replace('<!-- page-size -->', weigh(script + css))
  const inOne = html
    .replace('<link rel="stylesheet" href="page.css">', () => `<style>${css}</style>`)
    .replace('<script type="module" src="page.js"></script>', '')
    .replace('</body>', () => `<script>\n${script}</script>\n</body>`)
  mkdirSync(join(folder, 'hosted'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), inOne)
  writeFileSync(join(folder, 'hosted/index.html'), html)
  writeFileSync(join(folder, 'hosted/page.css'), css)
  writeFileSync(join(folder, 'hosted/page.js'), script)
}
