// What GitHub and editors read of this repository: it parses, what it calls is there, and nothing is taken from a moving place.
import assert from 'node:assert/strict'
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { parseDocument } from 'yaml'
import { findFaults, readRelease } from '../../tools/release.mjs'
import { root } from '../../tools/run.mjs'
import { checkNode } from '../../tools/setup.mjs'

const read = (file) => readFileSync(join(root, file), 'utf8')
const { scripts } = JSON.parse(read('package.json'))
const list = (folder) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.yml'))
    .map((file) => `${folder}/${file}`)

/** A YAML file; a key twice, or a wrong indent, is an error. @param {string} file */
const load = (file) => {
  const document = parseDocument(read(file), { strict: true, uniqueKeys: true })
  assert.deepEqual([...document.errors, ...document.warnings], [], file)
  return document.toJS()
}

const WORKFLOWS = list('.github/workflows')
const FORMS = list('.github/ISSUE_TEMPLATE').filter((file) => !file.endsWith('/config.yml'))

/** The scripts that a command calls. @param {string} command @returns {string[]} what is missing of them */
const missing = (command) => {
  const lacking = []
  const words = command.split(/\s+/)
  words.forEach((word, index) => {
    if (word === 'npm' && words[index + 1] === 'run' && !Object.hasOwn(scripts, words[index + 2]))
      lacking.push(`npm run ${words[index + 2]}`)
    if (word === 'npm' && words[index + 1] === 'test' && !scripts.test) lacking.push('npm test')
    const isScript = /^\.?[\w./-]+\.(?:mjs|js|sh)$/.test(word) || /^(?:\.\/)?\.ci\//.test(word)
    if (isScript && !existsSync(join(root, word))) lacking.push(word)
  })
  return lacking
}

test('the check of commands finds what is not there', () => {
  assert.deepEqual(missing('npm run nothing && node tools/nothing.mjs && .ci/nothing'), [
    'npm run nothing',
    'tools/nothing.mjs',
    '.ci/nothing',
  ])
})

/** The packages that a program imports before its first line runs. @param {string} file @param {Set<string>} [seen] @returns {string[]} */
const packagesOf = (file, seen = new Set()) => {
  if (seen.has(file)) return []
  seen.add(file)
  const names = [...read(file).matchAll(/^(?:import|export)(?: [^'"=;()]+ from)? '([^']+)'/gm)].map(
    ([, name]) => name,
  )
  return names.flatMap((name) => {
    if (name.startsWith('.')) return packagesOf(join(dirname(file), name), seen)
    return name.startsWith('node:') ? [] : [`${file} imports ${name}`]
  })
}

test('a command of a fresh clone imports no package before it has set up', () => {
  const programs = Object.values(scripts).flatMap((command) => command.match(/tools\/\w+\.mjs/g) ?? [])
  assert.ok(programs.includes('tools/start.mjs') && programs.includes('tools/test.mjs'))
  assert.deepEqual(
    programs.flatMap((file) => packagesOf(file)),
    [],
  )
  assert.ok(packagesOf('tools/prose.mjs').length > 0, 'the check finds what is there')
})

test('the set-up says which Node it needs', () => {
  checkNode('20.0.0')
  checkNode('24.1.0')
  assert.throws(() => checkNode('18.20.4'), { message: /^Node >= 20 is needed, and this is 18\.20\.4\.\n/ })
})

describe('workflows', () => {
  assert.ok(WORKFLOWS.length > 0)
  for (const file of WORKFLOWS)
    test(file, () => {
      const { permissions, jobs } = load(file)
      assert.deepEqual(permissions, { contents: 'read' })
      for (const [name, job] of Object.entries(jobs)) {
        if (job.uses) {
          assert.ok(job.uses.startsWith('./') && existsSync(join(root, job.uses)), job.uses)
          continue
        }
        assert.ok(job['timeout-minutes'] <= 90, name)
        assert.equal(job['runs-on'], 'ubuntu-latest')
        for (const { uses, run } of job.steps) {
          assert.ok((uses === undefined) !== (run === undefined), name)
          if (run) assert.deepEqual(missing(run), [], run)
          // Nobody but who pushes chooses what a command says.
          if (run) assert.doesNotMatch(run, /\$\{\{/)
        }
      }
    })

  test('an action is a commit, and a comment names its version', () => {
    const uses = WORKFLOWS.flatMap((file) => [...read(file).matchAll(/^[ -]*uses: (.*)$/gm)]).map(
      ([, what]) => what,
    )
    assert.ok(uses.length > 0)
    for (const what of uses)
      if (!what.startsWith('./')) assert.match(what, /^[\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/)
  })

  test('one of them runs .ci/run, which is a program', () => {
    accessSync(join(root, '.ci/run'), constants.X_OK)
    const runs = WORKFLOWS.flatMap((file) => Object.values(load(file).jobs)).flatMap(
      ({ steps }) => steps ?? [],
    )
    assert.ok(runs.some(({ run }) => run?.endsWith(' .ci/run')))
  })

  test('the demo page is where the build writes it', () => {
    assert.ok(read('.github/workflows/pages.yml').includes('path: dist/demo/hosted\n'))
    assert.ok(existsSync(join(root, 'dist/demo/hosted/index.html')))
  })
})

describe('issues', () => {
  for (const file of FORMS)
    test(file, () => {
      const { name, description, body } = load(file)
      assert.ok(name && description)
      const fields = body.filter(({ type }) => type !== 'markdown')
      for (const { id, type, attributes } of fields) {
        assert.ok(['textarea', 'input'].includes(type) && attributes.label && /^[a-z]+$/.test(id), id)
      }
      assert.equal(new Set(fields.map(({ id }) => id)).size, fields.length)
    })

  test('a form asks for what the doctor says, as JSON', () => {
    const descriptions = FORMS.flatMap((file) => load(file).body).map(
      ({ attributes }) => attributes.description,
    )
    assert.ok(descriptions.some((text) => /`npx landfall doctor \S+ --json`/.test(text ?? '')))
  })

  test('nobody reports a vulnerability there', () => {
    assert.equal(load('.github/ISSUE_TEMPLATE/config.yml').blank_issues_enabled, false)
    for (const file of FORMS)
      if (/^labels: \[bug\]$/m.test(read(file)))
        assert.ok(read(file).includes('[SECURITY.md](../security/policy)'), file)
  })
})

test('dependabot: every folder that it looks at is there, and every lock file is looked at', () => {
  const { version, updates } = load('.github/dependabot.yml')
  assert.equal(version, 2)
  const npm = updates.filter((update) => update['package-ecosystem'] === 'npm')
  // Names and `folder/*`, from the root.
  const folders = npm
    .flatMap(({ directories }) => directories)
    .flatMap((folder) => {
      if (!folder.endsWith('/*')) return [folder]
      const parent = folder.slice(0, -'/*'.length)
      return readdirSync(join(root, parent)).map((name) => `${parent}/${name}`)
    })
  const manifests = folders.filter((folder) => existsSync(join(root, folder, 'package.json')))
  for (const folder of ['/', '/tests/bench', '/tests/runtimes', '/examples/express'])
    assert.ok(manifests.includes(folder), folder)
  assert.ok(updates.some((update) => update['package-ecosystem'] === 'github-actions'))
})

test('.devcontainer: its command is there', () => {
  const { postCreateCommand } = JSON.parse(read('.devcontainer/devcontainer.json'))
  assert.deepEqual(missing(postCreateCommand), [])
})

describe('a release', () => {
  const files = readRelease()
  const ready = {
    manifest: { ...files.manifest, private: undefined },
    lock: files.lock,
    changelog: `# Changelog\n\n## ${files.manifest.version}\n`,
  }
  const tag = `v${files.manifest.version}`

  test('may be made of files that belong together', () => {
    assert.deepEqual(findFaults(tag, ready), [])
  })

  test('is refused when one of them says something else', () => {
    const others = [
      findFaults('v9.9.9', ready),
      findFaults(tag, { ...ready, manifest: { ...ready.manifest, private: true } }),
      findFaults(tag, { ...ready, lock: { version: '9.9.9' } }),
      findFaults(tag, { ...ready, changelog: '# Changelog\n\n## Unreleased\n' }),
    ]
    for (const faults of others) assert.equal(faults.length, 1, faults.join())
    assert.equal(new Set(others.flat()).size, others.length)
  })
})
