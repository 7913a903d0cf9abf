// The documents: their code compiles and runs, their links lead somewhere, and what they list is all there is.
//   UPDATE_DOCS=1 node --test tests/node/docs.test.mjs   writes docs/errors.md, the tables of docs/options.md and of docs/providers/, the
//   excerpts of examples/ and how to install anew
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, test } from 'node:test'
import { createAuth, LandfallError } from '../../dist/index.js'
import { startOAuthProvider } from '../../stand-ins/oauth-provider.mjs'
import { renewInstallCommands } from '../../tools/install-command.mjs'
import { renewProviderDocs } from '../../tools/provider-page.mjs'
import { optionsOf, readProviders, variableOf } from '../../tools/providers.mjs'
import { codeOf, isOwn, makeProject, parse, runAll, runUnset, typeCheck } from '../docs-checks/code.mjs'
import { explainedCodes, makeErrorsPage, readErrors } from '../docs-checks/errors-page.mjs'
import { isExcerpt, renewExcerpts, sourceOf } from '../docs-checks/excerpts.mjs'
import { findFigures } from '../docs-checks/figures.mjs'
import { DOCS, DOCUMENTS, linksOf, ROOT, readPage } from '../docs-checks/markdown.mjs'
import {
  knownChoices,
  knownOptions,
  OPTIONS_PAGE,
  optionsWith,
  renewOptions,
} from '../docs-checks/options.mjs'

const ERRORS_PAGE = 'docs/errors.md'
if (process.env.UPDATE_DOCS === '1') {
  writeFileSync(join(ROOT, ERRORS_PAGE), makeErrorsPage())
  writeFileSync(join(ROOT, OPTIONS_PAGE), renewOptions(readPage(OPTIONS_PAGE).text))
  for (const { path, text } of renewProviderDocs()) writeFileSync(join(ROOT, path), text)
  for (const path of DOCS) writeFileSync(join(ROOT, path), renewExcerpts(readPage(path)))
  for (const path of DOCUMENTS)
    writeFileSync(join(ROOT, path), renewInstallCommands(path, readPage(path).text))
}

const pages = new Map(DOCUMENTS.map((path) => [path, readPage(path)]))
const docs = DOCS.map((path) => pages.get(path))
const blocks = codeOf([pages.get('README.md'), ...docs])

describe('links', () => {
  for (const page of pages.values())
    test(page.path, () => {
      for (const link of linksOf(page)) {
        if (/^[a-z][a-z+.-]*:/i.test(link)) {
          assert.ok(URL.canParse(link) && link.startsWith('https://'), link)
          continue
        }
        const [path, anchor] = link.split('#')
        const target = path ? normalize(join(dirname(page.path), path)) : page.path
        assert.ok(
          !target.startsWith('..') && existsSync(join(ROOT, target)),
          `${link}: there is no ${target}`,
        )
        if (anchor === undefined) continue
        assert.ok(readPage(target).anchors.has(anchor), `${link}: ${target} has no such heading`)
      }
    })
})

test('the index leads to every page', () => {
  const index = pages.get('docs/README.md')
  const linked = new Set(linksOf(index).map((link) => normalize(join('docs', link.split('#')[0]))))
  for (const path of DOCS) assert.ok(path === index.path || linked.has(path), path)
})

test('every example has a page', () => {
  const shown = new Set(
    docs.flatMap((page) => page.blocks.map((block) => sourceOf(page, block)?.split('/')[1])),
  )
  const linked = docs.flatMap(linksOf).join('\n')
  for (const name of readdirSync(join(ROOT, 'examples')))
    if (statSync(join(ROOT, 'examples', name)).isDirectory())
      assert.ok(shown.has(name) || linked.includes(`examples/${name}`), name)
})

describe('code that examples/ has is the same here', () => {
  for (const page of docs)
    for (const block of page.blocks) {
      const file = sourceOf(page, block)
      if (file)
        test(`${page.path}:${block.line} ${file}`, () => {
          assert.ok(isExcerpt(file, block.code), 'run it with UPDATE_DOCS=1')
        })
    }
})

describe('code', () => {
  test('parses', () => {
    for (const block of blocks) assert.doesNotThrow(() => parse(block), block.place)
    assert.ok(blocks.length > 0)
  })

  test('fits the types of the package, makes an `auth` where it says so, and signs in', async (t) => {
    const bitbucket = await startOAuthProvider()
    t.after(() => bitbucket.close())
    const project = makeProject(blocks.filter(isOwn))
    try {
      assert.equal(await typeCheck(project), '')
      const { runs, signIns } = await runAll(project, bitbucket.origin)
      assert.ok(runs > signIns && signIns > 0)
      // The variables of these pages are those that an error names.
      const others = ['APP_ORIGIN', 'AUTH_SECRET', 'SUPABASE_ANON_KEY', 'SUPABASE_URL']
      const work = ['WORK_CLIENT_ID', 'WORK_CLIENT_SECRET', 'WORK_ISSUER']
      const partners = ['PARTNERS_CLIENT_ID', 'PARTNERS_CLIENT_SECRET']
      const rows = readProviders().flatMap((row) => optionsOf(row).map((option) => variableOf(row, option)))
      assert.deepEqual(await runUnset(project), [...others, ...work, ...partners, ...rows].sort())
    } finally {
      project.remove()
    }
  })
})

describe('options.md', () => {
  test('has every option of options.def and no other', () => {
    const { text } = pages.get(OPTIONS_PAGE)
    assert.equal(text, renewOptions(text), 'run it with UPDATE_DOCS=1')
    const headings = text.match(/^\| option \|/gm)
    assert.equal(headings?.length, new Set(knownOptions().map((path) => path.replace(/\w+$/, ''))).size)
  })

  test('names what createAuth takes', () => {
    for (const path of knownOptions()) {
      const isNoOption = (error) =>
        error instanceof LandfallError && error.message.includes('is not an option')
      try {
        createAuth(optionsWith(path))
        assert.fail(`${path}: a list of lists was taken`)
      } catch (error) {
        assert.ok(error instanceof LandfallError && !isNoOption(error), `${path}: ${error.message}`)
      }
    }
  })

  test('names every text of a choice, and the core takes it', () => {
    const takes = (path, text) => {
      try {
        createAuth(optionsWith(path, text))
      } catch (error) {
        return !error.message.includes('has a value that is not allowed')
      }
      return true
    }
    for (const [path, text] of knownChoices()) {
      assert.ok(takes(path, text), `${path}: ${text}`)
      assert.ok(!takes(path, `${text}-x`), `${path}: ${text}-x`)
    }
    assert.ok(knownChoices().length > 0)
  })
})

describe('errors.md', () => {
  test('every code has its causes, in the order of the table', () => {
    assert.deepEqual(
      explainedCodes().toSorted(),
      readErrors()
        .map(({ code }) => code)
        .toSorted(),
    )
  })

  test('is made of errors.def and the causes', () => {
    assert.equal(readFileSync(join(ROOT, ERRORS_PAGE), 'utf8'), makeErrorsPage(), 'run it with UPDATE_DOCS=1')
  })
})

describe('how to install', () => {
  const documents = [...pages.values()]

  test('is what package.json says: from npm, or from a tarball while it is private', () => {
    for (const { path, text } of documents)
      assert.equal(renewInstallCommands(path, text), text, `${path}: run it with UPDATE_DOCS=1`)
  })

  test('changes everywhere with the release, and back', () => {
    const changed = documents.filter(({ path, text }) => {
      const [before, after] = [false, true].map((isReleased) => renewInstallCommands(path, text, isReleased))
      assert.equal(renewInstallCommands(path, after, false), before, path)
      assert.equal(renewInstallCommands(path, before, true), after, path)
      assert.doesNotMatch(before, /^(?:npm install|bun add|deno add) (?:npm:)?landfall(?:\s|$)/m, path)
      assert.doesNotMatch(after, /landfall-\d|not on npm yet/, path)
      return before !== after
    })
    const paths = changed.map(({ path }) => path)
    for (const path of ['README.md', 'docs/install.md', 'docs/start.md', 'docs/moving.md', 'docs/doctor.md'])
      assert.ok(paths.includes(path), path)
    for (const { path } of documents)
      if (/^(?:docs\/frameworks|examples\/(?!cpp\/)[^/]+\/)/.test(path)) assert.ok(paths.includes(path), path)
  })
})

test('a figure is a limit of the core, or stands on a page that a script writes', () => {
  assert.deepEqual(docs.flatMap(findFigures), [])
})
