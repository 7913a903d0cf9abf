// The doctor as people run it, and an app behind a proxy that can be made to spoil things.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toNodeHandler } from '../../../dist/node.js'
import { findProgram } from '../../browser/support/program.mjs'
import { makeApp, PROVIDER } from './app.mjs'
import { ask, serve } from './node-servers.mjs'

export const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url))

/**
 * A certificate, and the environment in which a program trusts it.
 * @param {import('node:test').TestContext} t @param {string[]} [named] its subject and its subjectAltName
 */
export const makeCertificate = async (
  t,
  [subject, altName] = ['/CN=tests', 'subjectAltName=IP:127.0.0.1'],
) => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-doctor-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name))
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
  const names = ['-utf8', '-subj', subject, '-addext', altName]
  const files = ['-keyout', key, '-out', cert]
  const { code, stderr } = await run(findProgram(['openssl']), ['req', '-x509', ...kind, ...names, ...files])
  if (code !== 0) throw new Error(stderr)
  const tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  return { tls, env: { NODE_EXTRA_CA_CERTS: cert } }
}

/** Runs a program to its end. @param {string} command @param {string[]} args @param {Record<string, string>} [env] all but PATH @param {string} [cwd] */
export const run = (command, args, env = {}, cwd = undefined) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said = { stdout: '', stderr: '' }
    for (const name of Object.keys(said))
      child[name].setEncoding('utf8').on('data', (text) => (said[name] += text))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...said }))
  })

/** @param {string[]} args @param {Record<string, string>} [env] @param {string} [cwd] */
export const doctor = (args, env, cwd) => run(process.execPath, [CLI, 'doctor', ...args], env, cwd)

/** The environment in which names under .example are this machine. */
export const HOSTS = { NODE_OPTIONS: `--require ${fileURLToPath(new URL('hosts.cjs', import.meta.url))}` }

/** What it finds: the findings by id, and the ids of those that are wrong. @param {string[]} args @param {Record<string, string>} [env] @param {string} [cwd] */
export const diagnose = async (args, env, cwd) => {
  const { code, stdout, stderr } = await doctor([...args, '--json'], env, cwd)
  const { ok, findings } = JSON.parse(stdout)
  const idsOf = (wanted) => findings.filter(({ result }) => result === wanted).map(({ id }) => id)
  const byId = Object.fromEntries(findings.map((finding) => [finding.id, finding]))
  return { code, ok, stderr, byId, fine: idsOf('fine'), wrong: idsOf('wrong'), unsure: idsOf('unsure') }
}

/** An answer that is a page not found. */
export const notFound = () => ({ status: 404, headers: new Headers(), body: 'Not found' })

/**
 * A provider's authorization endpoint. `accepts` says to which redirect_uris it sends people back; `answer` takes its place.
 * @param {import('node:test').TestContext} t
 * @param {{ accepts?: (redirectUri: string) => boolean, answer?: (outgoing: any, query: URLSearchParams) => unknown }} [how]
 */
export const startAuthorize = async (t, { accepts = isCallbackOfApp, answer } = {}) => {
  const requests = []
  const server = await serve(t, ({ url, headers }, outgoing) => {
    const query = new URL(url, 'http://localhost').searchParams
    requests.push({ query, headers })
    if (answer) return answer(outgoing, query)
    const redirectUri = query.get('redirect_uri')
    if (!accepts(redirectUri)) return outgoing.writeHead(400).end('redirect_uri is not registered')
    const error = query.get('prompt') === 'none' ? 'login_required' : 'unsupported_response_type'
    const state = query.get('state')
    const location = `${redirectUri}?${new URLSearchParams({ error, state })}`
    return outgoing.writeHead(302, { location }).end()
  })
  return { requests, url: `${server.origin}/authorize` }
}

/** What people register for the app under test. @param {string} redirectUri */
const isCallbackOfApp = (redirectUri) =>
  /^https?:\/\/[^/]+(\/shop)?\/(auth\/callback|back)(\/bitbucket)?$/.test(redirectUri)

/**
 * An app with landfall/node, behind a proxy.
 * @param {import('node:test').TestContext} t
 * @param {{ host?: string, tls?: { key: string, cert: string }, before?: (origin: string) => Promise<unknown>, options?: (origin: string) => object, request?: (headers: Record<string, string>) => void,
 *   response?: (answer: { status: number, headers: Headers, body: string }, path: string) => object | void }} [how] `host` is how people
 *   call it; `before` starts what the app needs; `request` changes what the proxy passes on, `response` what it gives back
 */
export const startBehindProxy = async (
  t,
  { host = '127.0.0.1', tls, before, options, request, response } = {},
) => {
  let back
  const pass = async (incoming, outgoing) => {
    const headers = { ...incoming.headers }
    request?.(headers)
    const answer = await ask(back, incoming.url, { headers })
    const changed = response?.(answer, incoming.url.split('?')[0]) ?? answer
    outgoing.statusCode = changed.status
    for (const name of new Set(changed.headers.keys())) {
      if (name === 'transfer-encoding') continue
      outgoing.setHeader(
        name,
        name === 'set-cookie' ? changed.headers.getSetCookie() : changed.headers.get(name),
      )
    }
    outgoing.end(changed.body)
  }
  const front = await serve(t, pass, tls ? 'https' : 'http', tls)
  const origin = `${tls ? 'https' : 'http'}://${host}:${front.port}`
  await before?.(origin)
  const { url: authorizationEndpoint, requests } = await startAuthorize(t)
  const providers = { bitbucket: { ...PROVIDER, authorizationEndpoint } }
  const app = makeApp({ origin, providers, ...options?.(origin) })
  const handle = toNodeHandler(app.auth)
  back = await serve(t, (incoming, outgoing) =>
    handle(incoming, outgoing, () => {
      outgoing.statusCode = 404
      outgoing.end()
    }),
  )
  return { ...app, authorizations: requests, origin, host: `${host}:${front.port}` }
}
