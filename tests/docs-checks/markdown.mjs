// Markdown as these documents use it: fenced blocks at the margin, links, headings.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** A fenced block. @typedef {{ language: string, info: string, code: string, line: number, shown: string }} Block `line`: of its first
 *   line of code; `shown`: the line of prose before it */
/** @typedef {{ path: string, text: string, blocks: Block[], prose: string, anchors: Set<string> }} Page */

/** As GitHub names a heading. @param {string} heading */
const toAnchor = (heading) =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')

/** @param {string} path relative to the repository @param {string} [text] @returns {Page} */
export const readPage = (path, text = readFileSync(join(ROOT, path), 'utf8')) => {
  const page = { path, text, blocks: [], prose: '', anchors: new Set() }
  const lines = text.split('\n')
  let shown = ''
  for (let i = 0; i < lines.length; i++) {
    const fence = /^```(\S*) ?(.*)$/.exec(lines[i])
    if (!fence) {
      page.prose += `${lines[i]}\n`
      if (lines[i].trim()) shown = lines[i]
      const heading = /^#{1,6} (.*)$/.exec(lines[i])
      if (heading) page.anchors.add(toAnchor(heading[1]))
      continue
    }
    const end = lines.indexOf('```', i + 1)
    if (end < 0) throw new Error(`${path}:${i + 1}: the block does not end`)
    const code = lines.slice(i + 1, end).map((line) => `${line}\n`)
    page.blocks.push({ language: fence[1], info: fence[2], code: code.join(''), line: i + 2, shown })
    shown = ''
    i = end
  }
  return page
}

/** The targets of a page's links. @param {Page} page */
export const linksOf = ({ prose }) => {
  const text = prose.replace(/`[^`\n]*`/g, '')
  return [...text.matchAll(/\]\(([^)\s]+)\)|href="([^"]+)"/g)].map(([, one, other]) => one ?? other)
}

const list = (folder) =>
  readdirSync(join(ROOT, folder), { recursive: true })
    .map((file) => relative(ROOT, join(ROOT, folder, String(file))))
    .filter((file) => file.endsWith('.md') && !/node_modules|\/target\//.test(file))
    .sort()

/** The pages of docs/. */
export const DOCS = list('docs')
/** Every document that people read. */
export const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'tests/README.md',
  ...DOCS,
].concat(list('examples'), list('hosts'))
