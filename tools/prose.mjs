// The prose of the documents, checked by textlint: short sentences, and the wording of prose-rules.mjs.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { TextlintKernel } from '@textlint/kernel'
import writeGood from 'write-good'
import { MAX_SENTENCE, NEEDED, UNCOUNTED, WORDING } from './prose-rules.mjs'
import { root, Stop } from './run.mjs'

const require = createRequire(import.meta.url)
/** These two are CommonJS whose export is its `default`. @param {string} name */
const load = (name) => require(name).default

/** Every document that people read. @returns {string[]} */
export const listProse = () => {
  const below = ['docs', 'examples', 'hosts'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((file) => join(folder, String(file)))
      .filter((file) => file.endsWith('.md') && !/node_modules|\/target\//.test(file))
      .sort(),
  )
  const top = readdirSync(root).filter((file) => file.endsWith('.md'))
  return [...top, ...below]
}

/** Blanks out code and the targets of links. The text keeps its length, so that places stay right. @param {string} source */
const maskCode = (source) => {
  let count = 0
  return source
    .replace(/(`+)[^`]*?\1/g, (code) => 'xz'.charAt(count++ % 2).repeat(code.length))
    .replace(/\]\([^)]*\)/g, (target) => `]${' '.repeat(target.length - 1)}`)
    .replace(/\n/g, ' ')
}

/** The checks of write-good that report too much in technical text. */
const CHECKS = { weasel: false, adverb: false, passive: false, so: false }

/** textlint's form of a rule: the house's wording, and write-good, over paragraphs, headings and cells. */
const wording = ({ Syntax, RuleError, report, getSource, locator }) => {
  const check = (node) => {
    const text = maskCode(getSource(node))
    const complain = (index, message) => report(node, new RuleError(message, { padding: locator.at(index) }))
    for (const [name, { pattern, write }] of Object.entries(WORDING))
      for (const match of text.matchAll(pattern))
        complain(match.index, `${name}: “${match[0].slice(0, 60)}”: ${write}`)
    for (const { index, reason } of writeGood(text, CHECKS)) if (!NEEDED.test(reason)) complain(index, reason)
  }
  return { [Syntax.Paragraph]: check, [Syntax.TableCell]: check }
}

const RULES = [
  { ruleId: 'wording', rule: wording },
  {
    ruleId: 'sentence-length',
    rule: load('textlint-rule-sentence-length'),
    options: { max: MAX_SENTENCE, skipPatterns: UNCOUNTED },
  },
]
const PLUGINS = [{ pluginId: 'markdown', plugin: load('@textlint/textlint-plugin-markdown') }]
const kernel = new TextlintKernel()

/**
 * What is wrong with a text, one line for each place. @param {string} path for the messages @param {string} text Markdown
 * @returns {Promise<string[]>}
 */
export const checkProse = async (path, text) => {
  const { messages } = await kernel.lintText(text, {
    filePath: path,
    ext: '.md',
    plugins: PLUGINS,
    rules: RULES,
  })
  return messages.map(
    ({ line, column, message }) => `${path}:${line}:${column} ${message.replace(/\s+/g, ' ')}`,
  )
}

/** Checks every document. @throws {Stop} with every place, if there is one */
export const lintProse = async () => {
  const found = []
  for (const path of listProse())
    found.push(...(await checkProse(path, readFileSync(join(root, path), 'utf8'))))
  if (found.length === 0) return
  for (const one of found) console.error(one)
  throw new Stop(`prose: ${found.length} places`)
}
