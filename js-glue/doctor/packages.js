/** The packages of the folder in which the doctor runs: the app's project, if people run it there. */
import { findVersion, listPackages, readManifest } from '../terminal/packages.js'

const { process } = /** @type {any} */ (globalThis)

const SSR = '@supabase/ssr'

/** The version, if the folder is a project that has the package. */
const findSsr = () => {
  const root = process.cwd()
  try {
    const packages = listPackages(readManifest(root) ?? {})
    return Object.hasOwn(packages, SSR) ? findVersion(root, SSR, packages[SSR]) : ''
  } catch {
    return '' // A project that is not readable is none of the doctor's concern.
  }
}

/**
 * Finds a package that does not read what Landfall writes. No file says which options the app gives, so the finding is
 * unsure.
 * @param {import('./findings.js').Findings} findings
 */
export const checkPackages = (findings) => {
  const version = findSsr()
  if (!/^0\.[0-3](?:\.|$)/.test(version)) return
  findings.unsure(
    'ssr',
    `${SSR} ${version} finds the session that Landfall writes`,
    `Before 0.4 it reads no cookie that begins with base64-. Set supabase.cookies.format: 'raw', or update ${SSR}.`,
  )
}
