// Several Cookie fields in one request: what each runtime makes of them, and whether a sign-in finds its cookie there.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { findPort } from '../../stand-ins/port.mjs'
import { makeCertificate } from './support/certificate.mjs'
import { askOverHttp1, askOverHttp2 } from './support/cookie-fields.mjs'
import { HOST, startNginx } from './support/nginx.mjs'
import { makeProject } from './support/project.mjs'
import { HTTP2_RUNTIMES, RUNTIMES, startHere } from './support/runtimes.mjs'
import { makeTable } from './support/table.mjs'
import { startWorld } from './support/world.mjs'

const HTTP1 = 'Cookie lines over HTTP/1'
const HTTP2 = 'cookies over HTTP/2'
const BEHIND = 'nginx, and Node behind it'
/** What stands between the fields in `request.headers.get('cookie')`: RFC 9113 8.2.3 names the first. */
const SEMICOLON = '; '
const COMMA = ', '
/** workerd joins every header by commas. No browser makes it do so: it speaks HTTP/1 alone, where a browser sends one line. */
const JOINS_BY_COMMA = /^workerd|^wrangler/
/** A comma belongs to a value, so that whoever takes lines apart at commas takes this one apart too. */
const OTHERS = ['utm=a, b', 'theme=dark']

const table = makeTable('runtime', [HTTP1, HTTP2])
let servers
let project
let ca
before(async () => {
  servers = await startWorld()
  project = await makeProject('sign-in.mjs', servers.settings)
  await makeCertificate(project.folder, 'IP:127.0.0.1')
  ca = readFileSync(join(project.folder, 'certificate.pem'), 'utf8')
})
after(async () => {
  project?.remove()
  await servers?.close()
})

/** The callback's answer to a sign-in whose cookie comes after others, each in a field of its own. @param {(path: string, cookies: string[]) => Promise<any>} ask */
const signIn = async (ask) => {
  const { location, setCookie } = await ask('/auth/sign-in?provider=work&next=/welcome', OTHERS)
  const { headers } = await fetch(location, { redirect: 'manual' })
  const { pathname, search } = new URL(headers.get('location'))
  const ours = setCookie.filter((line) => !line.includes('Max-Age=0')).map((line) => line.split(';')[0])
  return ask(pathname + search, [...OTHERS, ...ours])
}

/** @param {(path: string, cookies: string[]) => Promise<any>} ask @param {string} separator */
const measure = async (ask, separator) => {
  const { body } = await ask('/cookies', OTHERS)
  assert.ok(body.includes(JSON.stringify(OTHERS.join(separator))), body)
  const { status, location } = await signIn(ask)
  assert.equal(status, 303)
  if (separator === SEMICOLON) assert.equal(location, '/welcome#')
  // What comes after a comma is part of the value before it: the cookie is not there, which has an outcome of its own.
  else assert.match(location, /^\/auth\/auth-code-error\?error=transaction_\w+#$/)
  return `joined by \`${separator}\``
}

for (const [name, start] of Object.entries(RUNTIMES)) {
  describe(name, () => {
    const separator = JOINS_BY_COMMA.test(name) ? COMMA : SEMICOLON
    let app
    before(async () => {
      app = await start(project)
      table.addRow(name, app.version)
    })
    after(() => app?.stop())

    test(HTTP1, () =>
      table.check(name, HTTP1, () =>
        measure((path, cookies) => askOverHttp1(app.origin, path, cookies), separator),
      ),
    )

    const startHttp2 = HTTP2_RUNTIMES[name]
    if (startHttp2)
      test(HTTP2, async (t) => {
        const { origin, stop } = await startHttp2(project)
        t.after(stop)
        await table.check(name, HTTP2, () =>
          measure((path, cookies) => askOverHttp2(origin, path, cookies, { ca }), SEMICOLON),
        )
      })
  })
}

describe(BEHIND, () => {
  const ports = {}
  let app
  let nginx
  before(async () => {
    app = await startHere(project)
    for (const version of [HTTP1, HTTP2]) ports[version] = await findPort()
    const { host, port } = new URL(app.origin)
    const listen = `listen 127.0.0.1:${ports[HTTP1]}; listen 127.0.0.1:${ports[HTTP2]} ssl http2;`
    nginx = await startNginx(
      `${listen} location / { proxy_pass http://app; proxy_set_header Host ${host}; }`,
      port,
    )
    const { headers } = await fetch(`http://127.0.0.1:${ports[HTTP1]}/`)
    table.addRow(BEHIND, headers.get('server').replace('nginx/', ''))
  })
  after(async () => {
    await nginx?.stop()
    await app?.stop()
  })

  test(HTTP1, () => {
    const origin = `http://127.0.0.1:${ports[HTTP1]}`
    const ask = (path, cookies) => askOverHttp1(origin, path, cookies)
    return table.check(BEHIND, HTTP1, () => measure(ask, SEMICOLON))
  })

  test(HTTP2, () => {
    const tls = { ca: nginx.ca, servername: HOST }
    const ask = (path, cookies) => askOverHttp2(`https://127.0.0.1:${ports[HTTP2]}`, path, cookies, tls)
    return table.check(BEHIND, HTTP2, () => measure(ask, SEMICOLON))
  })
})

test('docs/runtimes.md has this table', () => table.keep('Several Cookie fields'))
