// An app with a provider of its own and a Supabase project, which tells what it saw: SETTINGS = { provider, supabase, issuer, algorithms }.
import { createAuth } from 'landfall'

const { provider, supabase, issuer, algorithms } = SETTINGS
const OPENID = { issuer, clientId: 'RS256' }
const seen = { events: [], sessions: [] }
let latest

const nameOf = ({ userinfo, user, claims }) => (userinfo ?? user?.user_metadata)?.nickname ?? claims?.sub

const auth = createAuth({
  supabase,
  providers: {
    work: {
      clientId: 'demo-client',
      clientSecret: 'demo-secret',
      authorizationEndpoint: `${provider}/site/oauth2/authorize`,
      tokenEndpoint: `${provider}/site/oauth2/access_token`,
      revocationEndpoint: `${provider}/site/oauth2/revoke`,
      userinfoEndpoint: `${provider}/2.0/user`,
      scopes: ['account', 'email'],
    },
    posted: { ...OPENID, responseMode: 'form_post' },
    forged: { ...OPENID, jwksUri: `${issuer}/other-keys` },
    ...Object.fromEntries(
      algorithms.map((alg) => [alg, { issuer, clientId: alg, idTokenSignedResponseAlg: alg }]),
    ),
  },
  secret: 'only a secret of the tests in all runtimes, and long enough',
  onEvent: ({ type, ok, code }) => seen.events.push(ok ? type : code),
  onSession(session, { next }) {
    latest = session
    seen.sessions.push({ name: nameOf(session), next })
    return { headers: { 'x-session': next } }
  },
  onSignOut: () => (latest?.userinfo ? { provider: 'work', token: latest.access_token } : undefined),
})

/** Whether this runtime makes code from text, and from bytes. */
const canMake = () => {
  const works = (make) => {
    try {
      make()
      return true
    } catch {
      return false
    }
  }
  const emptyModule = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)
  return {
    text: works(() => new Function('return 1')()),
    bytes: works(() => new WebAssembly.Module(emptyModule)),
  }
}

const PATHS = {
  '/seen': () => seen,
  '/can-make': canMake,
  '/cookies': ({ headers }) => headers.get('cookie'),
}

export default {
  async fetch(request) {
    const answer = await auth.handle(request)
    if (answer) return answer
    const { pathname } = new URL(request.url)
    return new Response(JSON.stringify(PATHS[pathname]?.(request) ?? `the page ${pathname}`))
  },
}
