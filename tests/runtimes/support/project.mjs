// A project with the packed package and one of the apps, in the forms that runtimes take it in.
import { copyFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { installPacked } from '../../package/packed.mjs'

const HERE = new URL('..', import.meta.url)

/** esbuild leaves an import of the module to the platform, under its own name or as what `toModule` says. */
const forPlatform = (toModule) => ({
  name: 'core.wasm',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) =>
      toModule ? { path, namespace: 'core' } : { path, external: true },
    )
    onLoad({ filter: /.*/, namespace: 'core' }, () => ({ contents: `export default ${toModule}` }))
  },
})

/**
 * @param {string} name of a file in apps/, which default-exports `{ fetch(request) }`
 * @param {object} [settings] what the app finds as SETTINGS
 * @returns {Promise<{ folder: string, core: string, addHost(name: string): string, write(name: string, text: string): string,
 *   remove(): void, bundleFor(platform: 'workerd' | 'edge-light' | 'browser'): Promise<string> }>} paths of files
 */
export async function makeProject(name, settings = {}) {
  const { folder, remove } = await installPacked()
  const at = (file) => join(folder, file)
  const source = fileURLToPath(new URL(`apps/${name}`, HERE))
  const bundle = async (outfile, options) => {
    const define = { SETTINGS: JSON.stringify(settings) }
    await build({ outfile, bundle: true, define, target: 'es2022', format: 'esm', ...options })
    return outfile
  }
  // The app's own modules become one file; the package stays what it is.
  await bundle(at('app.mjs'), { entryPoints: [source], packages: 'external' })
  await bundle(at('app.cjs'), { entryPoints: [source], packages: 'external', format: 'cjs' })

  const platforms = {
    workerd: { format: 'esm', conditions: ['workerd', 'worker', 'browser'], plugins: [forPlatform()] },
    'edge-light': {
      stdin: {
        contents: `import app from './app.mjs'
          addEventListener('fetch', (event) => event.respondWith(app.fetch(event.request)))`,
        resolveDir: folder,
      },
      entryPoints: undefined,
      format: 'iife',
      conditions: ['edge-light', 'worker', 'browser'],
      plugins: [forPlatform('coreModule')],
    },
    browser: { format: 'esm' },
  }
  return {
    folder,
    remove,
    core: at('node_modules/landfall/dist/core.wasm'),
    addHost(host) {
      copyFileSync(fileURLToPath(new URL(`hosts/${host}`, HERE)), at(basename(host)))
      return at(host)
    },
    write(file, text) {
      writeFileSync(at(file), text)
      return at(file)
    },
    bundleFor: (platform) =>
      bundle(at(`${platform}.js`), { entryPoints: [at('app.mjs')], ...platforms[platform] }),
  }
}
