/** "Make a PKCE pair, read a callback URL", and a Cookie header: nothing of what is pasted leaves the page. */
import { createAuth } from '../../js-glue/entries/index.js'
import { REPLY } from '../../js-glue/server/reply.js'
import { readStoredSession } from '../../stand-ins/stored-session.mjs'
import { byId, bytes, fill, h, mask } from './dom.js'
import { parameterTable } from './exchange.js'
import { cookieMeaning } from './explain.js'
import { sentenceOf } from './sentences.js'
import { challengeOf, PROJECT } from './token-answers.js'

const KEY = 'sb_publishable_any'

const makePair = async () => {
  const auth = createAuth({
    providers: { bitbucket: { clientId: 'id', clientSecret: 'secret' } },
    origin: 'https://app.example',
    secret: 's'.repeat(32),
  })
  const { url, setCookie } = auth.start({ provider: 'bitbucket' })
  const verifier = setCookie[0]?.split('.')[3] ?? ''
  const challenge = new URL(url).searchParams.get('code_challenge') ?? ''
  const again = crypto.subtle && (await challengeOf(verifier))
  fill(
    'pair',
    h('dt', {}, 'code_verifier'),
    h('dd', {}, h('code', {}, verifier)),
    h('dt', {}, 'code_challenge'),
    h(
      'dd',
      {},
      h('code', {}, challenge),
      again &&
        h('p.note', {}, again === challenge ? 'WebCrypto says the same.' : 'WebCrypto says something else!'),
    ),
  )
}

/** What a callback at that address would say to a browser without cookies. @param {URL} url */
const outcomeOf = async (url) => {
  let found = ''
  const isDirect = url.searchParams.has('state') && !url.searchParams.has('sb_flow_id')
  const supabase = { url: PROJECT, key: KEY }
  const bitbucket = { clientId: 'id', clientSecret: 'secret', callback: url.pathname }
  const auth = createAuth({
    ...(isDirect
      ? { providers: { bitbucket } }
      : { supabase, paths: { callback: url.pathname === '/' ? '/auth/callback' : url.pathname } }),
    origin: url.origin,
    secret: 's'.repeat(32),
    onEvent: (event) => (found = event.code ?? ''),
  })
  const request = {
    method: 'GET',
    url: url.href.split('#')[0],
    headers: { get: (/** @type {string} */ name) => (name === 'host' ? url.host : null) },
  }
  await /** @type {any} */ (auth.callback)[REPLY](request)
  return found
}

const readCallback = async () => {
  const text = byId('callback').value.trim()
  if (!text) return fill('callback-parts')
  let url
  try {
    url = new URL(text)
  } catch {
    return fill(
      'callback-parts',
      h('p.alarm', {}, 'This is not a complete address: begin with https:// or http://.'),
    )
  }
  const fragment = new URLSearchParams(url.hash.slice(1))
  const table = parameterTable([...url.searchParams, ...fragment])
  const hasTokens = fragment.has('access_token') || url.searchParams.has('access_token')
  let said = []
  try {
    const code = await outcomeOf(url)
    said = [h('b', {}, code), ` ${sentenceOf(code)}`]
  } catch (error) {
    said = [String(/** @type {Error} */ (error).message)]
  }
  fill(
    'callback-parts',
    table || h('p', {}, 'The address has no parameters.'),
    hasTokens &&
      h(
        'p.alarm',
        {},
        'This address has tokens, because the sign-in used the implicit flow. Ask for a code instead.',
      ),
    h('p', {}, 'A browser that did not start this sign-in gets: ', ...said),
  )
}

const readCookies = () => {
  const header = byId('cookies')
    .value.trim()
    .replace(/^cookie:\s*/i, '')
  if (!header) return fill('cookie-parts')
  const pairs = header
    .split(/;\s*/)
    .map((/** @type {string} */ pair) => [
      pair.slice(0, pair.indexOf('=')),
      pair.slice(pair.indexOf('=') + 1),
    ])
  const names = new Set(
    pairs
      .map(([name = '']) => name.replace(/\.\d+$/, ''))
      .filter((/** @type {string} */ name) => name.endsWith('-auth-token')),
  )
  const sessions = [...names].map((name) => {
    const session = readStoredSession(header, name)
    if (!session?.access_token)
      return h('p.alarm', {}, h('code', {}, name), ' has no readable session: a chunk is missing or damaged.')
    const shown = JSON.stringify(
      session,
      (key, value) => (/_token$/.test(key) && typeof value === 'string' ? mask(value) : value),
      2,
    )
    const isExpired = session.expires_at * 1000 < Date.now()
    const age = `Its access token ${isExpired ? 'expired' : 'expires'} at ${new Date(session.expires_at * 1000).toLocaleString('en')}.`
    return h(
      'div',
      {},
      h('p', {}, h('b', {}, h('bdi', {}, session.user?.email ?? 'A session')), ` ${age}`),
      h('pre', { tabindex: '0', 'aria-label': 'The session' }, shown),
    )
  })
  fill(
    'cookie-parts',
    h(
      'ul.cookies',
      {},
      ...pairs.map(([name = '', value = '']) =>
        h(
          'li',
          {},
          h('code', {}, name),
          h('span.tag', {}, bytes(name.length + 1 + value.length)),
          h('p.note', {}, cookieMeaning(name)),
        ),
      ),
    ),
    h('p.note', {}, `Total: ${bytes(header.length)}.`),
    ...sessions,
  )
}

/** Fills the section. */
export const startReader = async () => {
  byId('make-pair').addEventListener('click', makePair)
  byId('callback').addEventListener('input', readCallback)
  byId('cookies').addEventListener('input', readCookies)
  await makePair()
}
