// The Maven project by itself: its own tests and its form, its package, its examples, and the program of its README.
import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { before, describe, test } from 'node:test'
import { startChild } from '../../stand-ins/child.mjs'
import { startOpenIdProvider } from '../../stand-ins/openid-provider.mjs'
import { findPort } from '../../stand-ins/port.mjs'
import { differences, drive, ENTRIES, REFERENCE } from './drive.mjs'
import { JAR, JVM_FOLDER, javaFor, runJvm, runMaven, VERSION, whyNoJvm } from './support/jvm-host.mjs'
import { Visit } from './support/visit.mjs'
import { SECRET } from './support/world.mjs'

const missing = whyNoJvm()
const because = missing ? ` (skipped: ${missing})` : ''
const EXAMPLES = join(JVM_FOLDER, 'examples')

/** @param {string[]} command */
const expectGood = (command) => {
  const { isGood, output } = runJvm(command)
  assert.ok(isGood, output)
  return output
}

/** @param {string} url */
const answers = (url) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )

/** Signs in at an example, as far as its account, and out again. @param {string} name */
const tryExample = async (name) => {
  const port = await findPort()
  const origin = `http://127.0.0.1:${port}`
  const client = {
    client_id: 'example',
    client_secret: SECRET,
    redirect_uris: [`${origin}/auth/callback/sso`],
    token_endpoint_auth_method: 'client_secret_basic',
  }
  const provider = await startOpenIdProvider({ clients: [client], remember: false })
  const env = {
    PORT: String(port),
    SERVER_PORT: String(port),
    APP_ORIGIN: origin,
    AUTH_SECRET: SECRET,
    ISSUER: provider.issuer,
    CLIENT_ID: client.client_id,
    CLIENT_SECRET: client.client_secret,
  }
  const jar = join(EXAMPLES, name, 'target/app.jar')
  const app = await startChild('java', ['-jar', jar], { env, ready: () => answers(origin) })
  try {
    const visit = new Visit(origin)
    assert.match((await visit.open('/')).text, /<h1>Hello you<\/h1>/)
    const who = await visit.open('/account', { headers: { accept: 'text/html' } })
    const what = await visit.submit(who, { fields: { username: 'ada', decision: 'sign-in' } })
    const account = await visit.submit(what, { fields: { decision: 'allow' } })
    assert.equal(account.url.split('#')[0], `${origin}/account`)
    assert.match(account.text, /<h1>Account of ada<\/h1>/)
    await visit.post('/auth/sign-out')
    assert.match((await visit.open('/')).text, /<h1>Hello you<\/h1>/)
  } finally {
    await app.stop()
    await provider.close()
  }
}

describe(`hosts/jvm${because}`, { skip: missing !== '' }, () => {
  /** @type {{ isGood: boolean, output: string }} */
  let built
  before(() => {
    built = runMaven('-f', 'examples/pom.xml', 'verify', 'dependency:build-classpath')
  })

  test('its tests, ktlint and its examples', () => {
    assert.ok(built.isGood, built.output)
    const [, count] = /Tests run: (\d+), Failures: 0, Errors: 0, Skipped: 0$/m.exec(built.output) ?? []
    assert.ok(Number(count) >= 25, built.output)
    assert.match(built.output, /ktlint.*:check/)
  })

  test('the version is that of the npm package', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    assert.equal(VERSION, version)
    for (const name of ['jdk', 'spring', 'ktor'])
      assert.match(
        readFileSync(join(EXAMPLES, name, 'pom.xml'), 'utf8'),
        new RegExp(`<artifactId>landfall</artifactId>\\s*<version>${version}<`),
      )
  })

  test('the package has the compiled module, and no test', () => {
    const files = expectGood(['jar', '--list', '--file', JAR]).split('\n')
    const needed = ['landfall/Auth.class', 'landfall/messages.json', 'landfall/module/CoreModule.class']
    for (const file of [...needed, 'META-INF/LICENSE']) assert.ok(files.includes(file), file)
    assert.deepEqual(
      files.filter((file) => /Test|\.wasm$|core\.wasm/.test(file)),
      [],
    )
  })

  for (const name of ['jdk', 'spring', 'ktor'])
    test(`a sign-in through the example ${name}`, () => tryExample(name))

  test('every example is tried', () => {
    const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    assert.deepEqual(folders.map(({ name }) => name).sort(), ['jdk', 'ktor', 'spring'])
  })

  test('the program of README.md builds', () => {
    const [program] =
      /(?<=^```java\n).*?(?=^```)/ms.exec(readFileSync(join(JVM_FOLDER, 'README.md'), 'utf8')) ?? []
    assert.ok(program)
    const folder = join(JVM_FOLDER, 'target/readme')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'App.java'), program)
    const [, , classPath] = javaFor('')
    expectGood(['javac', '-Xlint:all', '-Werror', '-cp', classPath, '-d', folder, join(folder, 'App.java')])
    assert.ok(classPath.split(delimiter).length > 3)
  })

  test('in Tomcat only the space in a Content-Type differs', async () => {
    const [wanted, got] = await Promise.all([
      drive(REFERENCE),
      drive([...javaFor('landfall.DrivenKt'), 'tomcat']),
    ])
    const withoutSpace = (outcome) =>
      JSON.parse(JSON.stringify(outcome).replaceAll(/(content-type: text\/\w+;) charset/g, '$1charset'))
    for (const entry of ENTRIES)
      assert.deepEqual(differences(withoutSpace(wanted.get(entry)), withoutSpace(got.get(entry))), [], entry)
  })
})
