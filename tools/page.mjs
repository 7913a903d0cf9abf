// The demo page from web-demo/page: dist/demo/hosted/ for a web server, and dist/demo/index.html, one file that also opens from disk.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { INSTALL_COMMAND } from './install-command.mjs'
import { paletteFor } from './palette.mjs'
import { optionsOf, readProviders } from './providers.mjs'
import { root } from './run.mjs'

const source = join(root, 'web-demo/page')
const folder = join(root, 'dist/demo')
const STYLES = ['page.css', 'fields.css', 'sequence.css', 'parts.css']
/** What the page's script takes from here. */
const define = () => ({
  INSTALL_COMMAND: JSON.stringify(INSTALL_COMMAND),
  KNOWN_PROVIDERS: JSON.stringify(
    readProviders().map((provider) => [
      provider.name,
      provider.title,
      provider.button,
      optionsOf(provider).join(),
    ]),
  ),
})

const weigh = (text) => `${Math.round(brotliCompressSync(text).length / 1000)} kB`

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
  // Inside of HTML nothing else would end the script.
  return outputFiles[0].text.replaceAll('</', '<\\/')
}

/** The page's script. @param {import('esbuild').Plugin[]} [plugins] that change it */
export const bundlePage = (plugins) => bundle(join(source, 'main.js'), plugins)

/** Writes both forms of the page. */
export const buildPage = async () => {
  const script = await bundlePage()
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
    .replace('<!-- size -->', weigh(package_))
    .replace('<!-- page-size -->', weigh(script + css))
  const inOne = html
    .replace('<link rel="stylesheet" href="page.css">', () => `<style>${css}</style>`)
    .replace('<script type="module" src="page.js"></script>\n', '')
    .replace('</body>', () => `<script>\n${script}</script>\n</body>`)
  mkdirSync(join(folder, 'hosted'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), inOne)
  writeFileSync(join(folder, 'hosted/index.html'), html)
  writeFileSync(join(folder, 'hosted/page.css'), css)
  writeFileSync(join(folder, 'hosted/page.js'), script)
}
