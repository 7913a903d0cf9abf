// The package as a bundler makes it for a runtime of which it knows nothing, run where there is nothing but what is on the web.
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'

const ENTRY = fileURLToPath(new URL('../../../dist/index.js', import.meta.url))
const NAMES = `AbortController Headers Request Response TextDecoder TextEncoder URL URLSearchParams
  atob btoa clearTimeout crypto fetch setTimeout`.split(/\s+/)

/** @returns {Promise<{ code: string, warnings: object[], load(): typeof import('../../../dist/index.js') }>} */
export async function bundleForEdge() {
  // With nothing external, an import of anything of Node's would fail the build.
  const { outputFiles, warnings } = await build({
    entryPoints: [ENTRY],
    bundle: true,
    platform: 'neutral',
    format: 'iife',
    globalName: 'landfall',
    write: false,
    logLevel: 'silent',
  })
  const code = outputFiles[0].text
  return {
    code,
    warnings,
    load: () =>
      runInContext(
        `${code};landfall`,
        createContext(Object.fromEntries(NAMES.map((name) => [name, globalThis[name]]))),
      ),
  }
}
