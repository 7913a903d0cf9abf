// The crate by itself: its form, its own tests, its example, and the package as a user gets it.
import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startChild } from '../../stand-ins/child.mjs'
import { findPort } from '../../stand-ins/port.mjs'
import { copyToHosts } from '../../tools/hosts.mjs'
import { runIn } from './support/go-host.mjs'
import { buildRust, RUST_FOLDER, whyNoRust } from './support/rust-host.mjs'
import { Visit } from './support/visit.mjs'

const missing = whyNoRust()
const because = missing ? ` (${missing})` : ''
const EXAMPLES = join(RUST_FOLDER, 'examples')

/** @param {string[]} command @param {string} [folder] */
const expectGood = (command, folder = RUST_FOLDER) => {
  const { isGood, output } = runIn(command, folder)
  assert.ok(isGood, output)
  return output
}

/** @param {string} name @param {() => void | Promise<void>} run */
const rustTest = (name, run) =>
  test(`${name}${because}`, { skip: missing !== '' }, () => {
    copyToHosts()
    return run()
  })

rustTest('cargo fmt has nothing to change', () => void expectGood(['cargo', 'fmt', '--check']))

rustTest('cargo clippy has nothing to say', () => {
  expectGood(['cargo', 'clippy', '--locked', '--release', '--all-targets', '--', '-D', 'warnings'])
})

rustTest('cargo test, with the programs of README.md', () => {
  const output = expectGood(['cargo', 'test', '--locked', '--release'])
  const passed = [...output.matchAll(/^test result: ok. (\d+) passed/gm)].map(([, count]) => Number(count))
  assert.ok(Math.max(...passed) >= 30, output)
  assert.match(output, /^test .*README\.md - Readme .* ok$/m)
})

for (const file of readdirSync(EXAMPLES)) {
  const name = file.replace('.rs', '')
  rustTest(`the example for ${name} starts a sign-in`, async () => {
    const port = await findPort()
    const secret = 'a secret of an example: 32 bytes and more'
    const github = { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret' }
    const env = { PORT: String(port), AUTH_SECRET: secret, ...github }
    const app = await startChild(buildRust(name), [], { env, ready: /^http:\/\/localhost/m })
    try {
      const visit = new Visit(`http://localhost:${port}`)
      assert.match((await visit.send('GET', '/')).text, /href="\/auth\/sign-in\?provider=github"/)
      const start = await visit.send('GET', '/auth/sign-in?provider=github')
      assert.match(start.headers.get('location'), /^https:\/\/github\.com\/login\/oauth\/authorize\?/)
      const refused = await visit.send('GET', '/account', [['accept', 'text/html']])
      assert.equal(refused.headers.get('location'), '/auth/sign-in?next=%2Faccount#')
    } finally {
      await app.stop()
    }
  })
}

rustTest('the package builds as a package', () => {
  const folder = join(RUST_FOLDER, 'target/package')
  const files = expectGood(['cargo', 'package', '--locked', '--allow-dirty', '--list']).split('\n')
  for (const file of ['core.wasm', 'messages.json', 'README.md', 'LICENSE', 'src/lib.rs'])
    assert.ok(files.includes(file), file)
  rmSync(folder, { recursive: true, force: true })
  const packed = ['cargo', 'package', '--locked', '--allow-dirty', '--no-verify', '--target-dir', 'target']
  assert.doesNotMatch(expectGood(packed), /ignoring/)
  const [archive] = readdirSync(folder).filter((name) => name.endsWith('.crate'))
  const unpacked = join(folder, 'unpacked')
  mkdirSync(unpacked)
  expectGood(['tar', 'xzf', join(folder, archive), '-C', unpacked, '--strip-components', '1'])
  try {
    expectGood(['cargo', 'check', '--release', '--target-dir', join(RUST_FOLDER, 'target')], unpacked)
  } finally {
    rmSync(unpacked, { recursive: true })
  }
})
