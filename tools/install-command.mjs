// How pages tell people to install the package. package.json decides: with "private": true npm refuses to publish it, so a reader needs a
// tarball of a checkout; without it, the package comes from npm. `UPDATE_DOCS=1 node --test tests/node/docs.test.mjs` rewrites every page.
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root } from './run.mjs'

const {
  name,
  version,
  private: isPrivate = false,
} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const TARBALL = `${name}-${version}.tgz`
const ANY_TARBALL = `${name}-\\d[\\w.-]*\\.tgz`
const HOW = 'docs/install.md'

/** A command with the package from npm, then the same from a tarball. @typedef {[string, (tarball: string) => string]} Forms */

/** In an app beside the checkout; further packages may follow. @type {Forms[]} */
const IN_AN_APP = [
  [`deno add npm:${name}`, (tarball) => `npm install --prefix . ../${name}/${tarball}`],
  [`bun add ${name}`, (tarball) => `bun add ../${name}/${tarball}`],
  [`npm install ${name}`, (tarball) => `npm install ../${name}/${tarball}`],
]
/** In a folder of examples/, which names the package already. @type {Forms[]} */
const IN_AN_EXAMPLE = [
  ['deno install', (tarball) => `npm install --prefix . ../../${tarball}`],
  ['bun install', (tarball) => `bun add ${name}@../../${tarball}`],
  ['npm install', (tarball) => `npm install ../../${tarball}`],
]

/** @param {string} text */
const quote = (text) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** @param {Forms} forms @param {boolean} isReleased */
const choose = ([fromNpm, fromTarball], isReleased) => (isReleased ? fromNpm : fromTarball(TARBALL))

/** The line as it should be, or undefined when it does not install the package. @param {string} line @param {Forms[]} table @param {string} end what may follow @param {boolean} isReleased */
const renewLine = (line, table, end, isReleased) => {
  for (const forms of table) {
    const [fromNpm, fromTarball] = forms
    const either = `${quote(fromNpm)}|${quote(fromTarball('<tarball>')).replace('<tarball>', ANY_TARBALL)}`
    const match = new RegExp(`^(?:${either})(${end})$`).exec(line)
    if (match) return choose(forms, isReleased) + match[1]
  }
  return undefined
}

const NOTES = {
  install: (how) => `The package is not on npm yet: [make the tarball from a checkout](${how}) first.`,
  npx: (how) =>
    `The package is not on npm yet: npx finds the program where you [installed the tarball](${how}).`,
  supabase: (how) =>
    `The package is not on npm yet: a function takes it from there, so wait for the first release ([other runtimes](${how})).`,
}
const IS_NOTE = /^The package is not on npm yet: /

/** Which note belongs behind a block. @param {string[]} code @param {boolean} installs */
const noteOf = (code, installs) => {
  if (installs) return NOTES.install
  if (code.some((line) => line.startsWith('npx supabase functions '))) return NOTES.supabase
  return code.some((line) => line.startsWith(`npx ${name} `)) ? NOTES.npx : undefined
}

/** Without the notes, each of which has an empty line before it. @param {string} text */
const withoutNotes = (text) =>
  text
    .split('\n')
    .filter((line, index, lines) => !IS_NOTE.test(line) && !(line === '' && IS_NOTE.test(lines[index + 1])))
    .join('\n')

/**
 * A document with its commands and notes as they should be: a note stands behind the first block that needs one.
 * @param {string} path of the document, in the repository
 * @param {string} text
 * @param {boolean} [isReleased]
 */
export const renewInstallCommands = (path, text, isReleased = !isPrivate) => {
  const [table, end] = path.startsWith('examples/') ? [IN_AN_EXAMPLE, ' *'] : [IN_AN_APP, '(?: .*)?']
  const how = `${relative(dirname(path), HOW)}#from-a-checkout`
  let isNoted = false
  return withoutNotes(text).replaceAll(/^```sh\n([\s\S]*?)^```$/gm, (_block, code) => {
    const lines = code.split('\n')
    const renewed = lines.map((line) => renewLine(line, table, end, isReleased))
    const note = isReleased || isNoted ? undefined : noteOf(lines, renewed.some(Boolean))
    isNoted ||= note !== undefined
    const written = lines.map((line, index) => renewed[index] ?? line).join('\n')
    return `\`\`\`sh\n${written}\`\`\`${note ? `\n\n${note(how)}` : ''}`
  })
}

/** What the demo page shows. */
export const INSTALL_COMMAND = isPrivate
  ? `npm install ../${name}/${TARBALL} # of a checkout: npm pack`
  : `npm install ${name}`
