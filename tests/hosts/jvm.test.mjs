// The Maven project by itself: its own tests and its form, its package, its examples, and the program of its README.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
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

/** Signs in at the example `android` on the JVM: the app ends after each step, and the custom tab is a browser of this test. */
const tryPhone = async () => {
  const origin = 'https://app.example'
  const client = { client_id: 'phone', redirect_uris: [`${origin}/auth/callback/sso`] }
  const provider = await startOpenIdProvider({ clients: [client], remember: false })
  const folder = mkdtempSync(join(tmpdir(), 'landfall-phone-'))
  /** The app, started by the system. @param {string} event @param {string} [given] @param {string} [phone] whose */
  const start = async (event, given = '', phone = 'ada') => {
    const env = { ...process.env, APP_ORIGIN: origin, ISSUER: provider.issuer, CLIENT_ID: client.client_id }
    const args = ['-jar', join(EXAMPLES, 'android/target/app.jar'), join(folder, phone), event, given]
    return (await promisify(execFile)('java', args, { env })).stdout.trim()
  }
  /** The custom tab, up to the link that opens the app. @param {string} url @param {string} [decision] */
  const openTab = async (url, decision = 'allow') => {
    const jar = new BrowserJar()
    const who = await jar.fetch(url)
    const what = await jar.submit(await who.text(), { fields: { username: 'ada', decision: 'sign-in' } })
    let answer = await jar.submit(await what.text(), { fields: { decision }, redirect: 'manual' })
    for (;;) {
      const next = new URL(answer.headers.get('location'), jar.url).href
      if (next.startsWith(`${origin}/`)) return next
      answer = await jar.fetch(next, { redirect: 'manual' })
    }
  }
  try {
    assert.equal(await start('who'), 'null')
    const url = await start('start', '/account?tab=1')
    assert.equal(new URL(url).searchParams.get('code_challenge_method'), 'S256')
    const link = await openTab(url)
    assert.equal(await start('link', link, 'thief'), 'transaction_cookies_blocked', 'another phone')
    assert.equal(await start('link', link), '/account?tab=1')
    assert.equal(await start('who'), 'ada Ada ada@example.test')
    assert.equal(await start('link', link), 'transaction_used')
    const refused = await openTab(await start('start', '//evil.example'), 'deny')
    assert.equal(await start('link', refused), 'provider_access_denied')
    for (const other of [
      'https://evil.example/auth/callback/sso?code=c&state=s',
      'myapp://open',
      'no link',
      `${origin}/help`,
    ])
      assert.equal(await start('link', other), 'null', other)
    assert.equal(await start('who'), 'ada Ada ada@example.test')
    await start('sign-out')
    assert.equal(await start('who'), 'null')
    assert.doesNotMatch(readFileSync(join(folder, 'ada'), 'utf8'), /__Host-landfall=[^;\n]/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
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
    for (const name of ['android', 'jdk', 'spring', 'ktor'])
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

  test('a sign-in through the example android, with stand-ins for the phone', tryPhone)

  test('every example is tried', () => {
    const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    assert.deepEqual(folders.map(({ name }) => name).sort(), ['android', 'jdk', 'ktor', 'spring'])
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
