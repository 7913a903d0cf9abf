/** Where a project's imports may begin with an alias: `paths` of tsconfig.json or jsconfig.json. */
import { join } from 'node:path'
import { readText } from '../terminal/read-text.js'

/** A comment or a comma that JSON does not have, and a text, in which neither of them is one. */
const TOKENS = /("(?:[^"\\]|\\[\s\S])*(?:"|$))|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|,(?=\s*[\]}])/g
/** What may stand in an import without quoting; the file is somebody else's. */
const ALIAS = /^([\w@#~$.-]+\/|@|~|#)\*$/
const TARGET = /^(?:\.\/)?((?:[\w.-]+\/)*)\*$/

/**
 * JSON with comments and with commas at the end, as TypeScript takes it; undefined for another text.
 * @param {string} text
 */
export const parseJsonc = (text) => {
  const strip = (/** @type {string} */ json) => json.replace(TOKENS, (_, quoted) => quoted ?? ' ')
  try {
    // A comment may stand between a comma and its bracket.
    return JSON.parse(strip(strip(text)))
  } catch {
    return undefined
  }
}

/**
 * The aliases of a project: `@/` for `src/`.
 * @param {string} root
 * @returns {{ alias: string, folder: string }[]}
 */
export const readAliases = (root) => {
  const text = readText(join(root, 'tsconfig.json')) ?? readText(join(root, 'jsconfig.json')) ?? ''
  const { paths, baseUrl = '.' } = parseJsonc(text)?.compilerOptions ?? {}
  if (paths === null || typeof paths !== 'object' || !/^\.\/?$/.test(baseUrl)) return []
  return Object.entries(paths).flatMap(([pattern, targets]) => {
    const [, alias] = ALIAS.exec(pattern) ?? []
    const [, folder] = TARGET.exec(Array.isArray(targets) ? targets[0] : '') ?? []
    return alias === undefined || folder === undefined ? [] : [{ alias, folder }]
  })
}
