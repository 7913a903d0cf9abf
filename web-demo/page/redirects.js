/** What lies between the app's redirect and its callback: the consent at the provider, with Supabase Auth around it or not. */
import { base64url, PROJECT } from './token-answers.js'

/** Where Supabase Auth sends people; a direct sign-in has the address from the core's table. */
const BITBUCKET = 'https://bitbucket.org'

/** @typedef {import('./world.js').World} World */

/** @param {World} world @param {string} to @param {string} title @param {string} url @param {string} location */
const redirect = (world, to, title, url, location) =>
  world.exchanges.push({
    from: 'browser',
    to,
    title,
    method: 'GET',
    url,
    headers: [],
    status: 302,
    answer: [['location', location]],
  })

/** @param {World} world @param {string} url the consent page @param {string} location @param {boolean} deny */
const consent = (world, url, location, deny) =>
  redirect(world, 'provider', `Ada says ${deny ? 'no' : 'yes'} at ${world.provider[1]}`, url, location)

/** @param {World} world @param {string} location @param {boolean} deny */
const throughProvider = (world, location, deny) => {
  const asked = new URL(location)
  const code = base64url(crypto.randomUUID()).slice(0, 20)
  const state = asked.searchParams.get('state') ?? ''
  const callback = new URL(asked.searchParams.get('redirect_uri') ?? '')
  callback.search = String(new URLSearchParams({ ...(deny ? { error: 'access_denied' } : { code }), state }))
  consent(world, location, callback.href, deny)
  return { code, callback }
}

/** @param {World} world @param {string} location @param {boolean} deny */
const throughSupabase = (world, location, deny) => {
  const code = crypto.randomUUID()
  const state = crypto.randomUUID()
  const inner = `${PROJECT}/auth/v1/callback`
  const asking = new URLSearchParams({
    client_id: 'the-key-in-your-supabase-dashboard',
    redirect_uri: inner,
    response_type: 'code',
    state,
    scope: 'account email',
  })
  const page = `${BITBUCKET}/site/oauth2/authorize?${asking}`
  redirect(world, 'supabase', 'Supabase Auth keeps the challenge', location, page)
  /** @type {Record<string, string>} */
  const answer = deny ? { error: 'access_denied' } : { code: base64url(crypto.randomUUID()).slice(0, 20) }
  const back = `${inner}?${new URLSearchParams({ ...answer, state })}`
  consent(world, page, back, deny)
  const callback = new URL(new URL(location).searchParams.get('redirect_to') ?? '')
  if (deny) {
    callback.searchParams.set('error', 'access_denied')
    callback.searchParams.set('error_description', 'The resource owner denied the request')
  } else callback.searchParams.set('code', code)
  const title = deny ? 'Supabase Auth forwards the refusal' : 'Supabase Auth issues a code'
  redirect(world, 'supabase', title, back, callback.href)
  return { code, callback }
}

/** @param {World} world @param {string} location of the app's redirect @param {{ deny?: boolean }} [how] @returns {string} the callback's URL */
export const passThrough = (world, location, { deny = false } = {}) => {
  const through = world.kind === 'supabase' ? throughSupabase : throughProvider
  const { code, callback } = through(world, location, deny)
  const asked = new URL(location).searchParams
  world.codes.set(code, {
    challenge: asked.get('code_challenge') ?? '',
    nonce: asked.get('nonce') ?? '',
    used: false,
  })
  return callback.href
}
