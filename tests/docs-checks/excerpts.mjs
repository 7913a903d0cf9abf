// A block of code under a link to a file of examples/, or of an app of the tests, is that file, or lines of it that stand together.
import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { ROOT } from './markdown.mjs'

/** What runs as it is. */
const FOLDERS = ['examples/', 'tests/runtimes/apps/']
const LINK = /\]\(([^)#]+)\):?$/

/** The file that a block is taken from, or undefined. @param {import('./markdown.mjs').Page} page @param {import('./markdown.mjs').Block} block */
export const sourceOf = ({ path }, { shown }) => {
  const link = LINK.exec(shown)?.[1]
  const file = link && normalize(join(dirname(path), link))
  return FOLDERS.some((folder) => file?.startsWith(folder)) && !file.endsWith('.md') ? file : undefined
}

const read = (file) => readFileSync(join(ROOT, file), 'utf8')

/** @param {string} file @param {string} code */
export const isExcerpt = (file, code) => {
  const source = `\n${read(file).replace(/\n*$/, '\n')}`
  return code.trim() !== '' && source.includes(`\n${code}`)
}

/** What the block should be: from its first line to its last as far as the file still has both, else the whole. @param {string} file @param {string} code */
const takeExcerpt = (file, code) => {
  const lines = read(file).replace(/\n*$/, '').split('\n')
  const wanted = code.split('\n').filter((line) => line.trim())
  const begin = lines.indexOf(wanted.at(0))
  const end = lines.indexOf(wanted.at(-1), begin)
  return `${(begin < 0 || end < 0 ? lines : lines.slice(begin, end + 1)).join('\n')}\n`
}

/** The page with its excerpts as the files have them. @param {import('./markdown.mjs').Page} page */
export const renewExcerpts = (page) => {
  const lines = page.text.split('\n')
  for (const block of page.blocks.toReversed()) {
    const file = sourceOf(page, block)
    if (!file || isExcerpt(file, block.code)) continue
    const count = block.code.split('\n').length - 1
    const code = takeExcerpt(file, block.code).replace(/\n$/, '').split('\n')
    lines.splice(block.line - 1, count, ...code)
  }
  return lines.join('\n')
}
