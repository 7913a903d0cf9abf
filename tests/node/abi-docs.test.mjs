// docs/abi.md: its tables are those of messages.def, and its example signs people in and out.
//   UPDATE_DOCS=1 node --test tests/node/abi-docs.test.mjs   writes the tables anew
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ALGORITHMS, startOpenIdProvider } from '../../stand-ins/openid-provider.mjs'
import { findPort } from '../../stand-ins/port.mjs'
import { parseMessages } from '../../tools/generate.mjs'
import { makeAbiHost, readBlock } from '../hosts/support/abi-host.mjs'
import { startHost } from '../hosts/support/host-process.mjs'
import { Visit } from '../hosts/support/visit.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FILE = join(ROOT, 'docs/abi.md')
const MARK = '<!-- tables -->\n'
const page = readFileSync(FILE, 'utf8')
const lists = parseMessages(readFileSync(join(ROOT, 'wasm/codec/messages.def'), 'utf8'))

const toTable = ({ about, name, fields, notes }) => {
  const rows = fields.map(
    (field, index) => `| ${index} | \`${field}\` | ${notes[index].replaceAll('|', '\\|')} |`,
  )
  return [`### ${name}\n`, `${about}\n`, '| | field | |', '|---:|---|---|', ...rows, ''].join('\n')
}

test('the tables are those of messages.def', () => {
  const [prose] = page.split(MARK)
  const wanted = `${prose}${MARK}\n${lists.map(toTable).join('\n')}`
  if (process.env.UPDATE_DOCS) writeFileSync(FILE, wanted)
  else assert.equal(page, wanted)
})

test('the version and the exports are those of the module', () => {
  const core = new WebAssembly.Module(readFileSync(join(ROOT, 'dist/core.wasm')))
  const { exports } = new WebAssembly.Instance(core, {})
  exports._initialize()
  assert.ok(page.includes(`answers **${exports.landfall_abi()}**, the version of this page`))
  assert.ok(readBlock('js').includes(`core.landfall_abi() !== ${exports.landfall_abi()}`))
  for (const { name } of WebAssembly.Module.exports(core)) assert.ok(page.includes(`| \`${name}`), name)
})

test('every step has a heading, and every failure a row', () => {
  const named = (name) => lists.find((list) => list.name === name).fields
  for (const step of named('STEP').slice(0, 7))
    assert.match(page, new RegExp(`^### .*\\b${step}\\b`, 'm'), step)
  for (const failure of named('FAILURE')) assert.match(page, new RegExp(`^\\|.*\`${failure}\``, 'm'), failure)
})

describe('the example', () => {
  let abi
  let openid
  let host
  before(async () => {
    abi = makeAbiHost()
    const port = await findPort()
    const origin = `http://127.0.0.1:${port}`
    openid = await startOpenIdProvider({
      clients: ALGORITHMS.map((alg) => ({
        client_id: alg,
        id_token_signed_response_alg: alg,
        redirect_uris: [`${origin}/auth/callback/${alg.toLowerCase()}`],
      })),
      remember: false,
    })
    const providers = ALGORITHMS.map((alg) => [
      alg.toLowerCase(),
      { clientId: alg, issuer: openid.issuer, responseMode: alg === 'RS256' ? 'query' : 'form_post' },
    ])
    const options = { origin, secret: 's'.repeat(32), providers: Object.fromEntries(providers) }
    host = await startHost(abi.command, port, options)
  })
  after(async () => {
    await Promise.all([host?.close(), openid?.close()])
    abi?.remove()
  })

  /** Signs in with the provider's pages. @param {string} provider @param {string} next */
  const signIn = async (provider, next) => {
    const visit = new Visit(host.origin)
    const who = await visit.open(visit.signInPath(provider, next))
    const what = await visit.submit(who, { fields: { username: 'ada', decision: 'sign-in' } })
    const last = await visit.submit(what, { fields: { decision: 'allow' } })
    if (last.text.includes('name="state"')) await visit.submit(last)
    return visit
  }

  for (const alg of ALGORITHMS)
    test(`signs in and out: ${alg}`, async () => {
      const visit = await signIn(alg.toLowerCase(), '/welcome')
      assert.equal(visit.jar.url, `${host.origin}/welcome#`)
      const [{ hook, session }] = await host.takeEvents()
      assert.deepEqual([hook, session.claims.sub], ['session', 'ada'])
      const { status } = await visit.post('/auth/sign-out')
      assert.equal(status, 303)
      assert.deepEqual(await host.takeEvents(), [{ hook: 'sign_out' }])
      assert.ok(!visit.jar.cookies.names().includes('app-session'))
    })

  test('refuses a person', async () => {
    const visit = await signIn('rs256', '/refused')
    assert.match(visit.jar.url, /error=session_refused/)
    assert.ok(!visit.jar.cookies.names().includes('app-session'))
  })
})
