/** What package.json of a folder says, and which packages are there: nothing of them runs. */
import { join } from 'node:path'
import { Problem, readText } from './read-text.js'

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value)

/**
 * Its package.json; undefined where there is none.
 * @param {string} root
 * @throws {Problem}
 */
export const readManifest = (root) => {
  const text = readText(join(root, 'package.json'))
  if (text === undefined) return undefined
  let json
  try {
    json = JSON.parse(text)
  } catch {}
  if (!isObject(json)) throw new Problem(`${join(root, 'package.json')} is no JSON object`)
  return json
}

/**
 * The packages that it names, with their ranges. Members that are no lists name none that exist.
 * @param {Record<string, unknown>} manifest
 * @returns {Record<string, unknown>}
 */
export const listPackages = ({ devDependencies, dependencies }) => ({
  ...Object(devDependencies),
  ...Object(dependencies),
})

/**
 * The version of a package: of the installed one, or the range that package.json has. Only its numbers count.
 * @param {string} root
 * @param {string} name
 * @param {unknown} range
 */
export const findVersion = (root, name, range) => {
  let installed
  try {
    installed = JSON.parse(readText(join(root, 'node_modules', name, 'package.json')) ?? '').version
  } catch {} // It is not installed, or not readable.
  const [version = ''] =
    /\d{1,4}(?:\.\d{1,4}){0,2}/.exec(typeof installed === 'string' ? installed : `${range}`) ?? []
  return version
}
