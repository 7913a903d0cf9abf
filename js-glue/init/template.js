/** The files that people get: those in templates/, with a few words filled in. */
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readText } from '../terminal/read-text.js'

/** @typedef {import('./project.js').Project['language']} Language */

const FOLDER = new URL('./templates/', import.meta.url)

/** How the file of a language ends, by how that of JavaScript does. */
const ENDS = {
  ts: { '.js': '.ts', '.jsx': '.tsx' },
  cjs: { '.js': '.cjs' },
  js: {},
}

/**
 * A file's name with the end of a language.
 * @param {string} name
 * @param {Language} language
 */
const withEnd = (name, language) => {
  const end = extname(name)
  const ends = /** @type {Record<string, string>} */ (ENDS[language])
  return name.slice(0, name.length - end.length) + (ends[end] ?? end)
}

/**
 * The path of a file in a project: a CommonJS file ends as its project has it.
 * @param {string} path
 * @param {Language} language
 */
export const pathOf = (path, language) => withEnd(path, language === 'ts' ? 'ts' : 'js')

/** @param {string} name */
const read = (name) => readText(fileURLToPath(new URL(name, FOLDER)))

/**
 * A template with its words filled in. One of JavaScript also does for a language that has none of its own. A word that
 * is alone in its line, but for a comma, may stand for several lines: each gets the indent.
 * @param {string} name
 * @param {Language} language
 * @param {Record<string, string | string[]>} words
 * @returns {string}
 */
export const fill = (name, language, words) => {
  const text = /** @type {string} */ (read(withEnd(name, language)) ?? read(name))
  const lines = text.split('\n').flatMap((line) => {
    const [, indent = '', word = ''] = /^( *)([A-Z_]+),?$/.exec(line) ?? []
    const found = words[word]
    return Array.isArray(found) ? found.map((one) => indent + one) : [line]
  })
  const pattern = new RegExp(`\\b(?:${Object.keys(words).join('|')})\\b`, 'g')
  return lines.join('\n').replace(pattern, (word) => `${words[word]}`)
}
