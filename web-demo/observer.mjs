// Turns what can be seen of a sign-in from outside Landfall into steps of the journal:
// the two redirects, the requests that its `fetch` makes, the session, and the events.

const decodeJson = (part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
const fact = (name, value) => (value ? [[name, String(value)]] : [])
/** A Set-Cookie line without what is secret: the value, and the sign-in's id in the names that auth-js gives its cookies. */
const hideSecret = (line) =>
  line.replace(/=[^;]*/, '=…').replace(/-flow-.*?-code-verifier/, '-flow-…-code-verifier')
const isSupabase = ({ pathname }) => pathname.includes('/auth/v1/')

/** What each parameter of the authorization request is for. */
const PARAMETERS = {
  response_type: (value) => `${value}: respond with a code, not with tokens`,
  state: () => '256 random bits; this browser’s sealed cookie has them too',
  nonce: () => 'random; must come back in the ID Token',
  code_challenge: () => 'SHA-256 of a secret that stays in this browser’s cookies',
  code_challenge_method: (value) => value,
  redirect_to: (value) => value.replace(/(sb_flow_id=)[^&]*/, '$1…'),
}

/** A sign-in was asked for, and this is the answer to it. */
export function seeStart(journals, request, response) {
  const location = response.headers.get('location')
  const asked = new URL(request.url).searchParams
  if (!URL.canParse(location ?? '')) return
  const target = new URL(location)
  const cookies = response.headers.getSetCookie().filter((line) => /^(__Host-)?landfall|^sb-/.test(line))
  journals.add({
    who: 'Landfall',
    title: 'Landfall made state and PKCE',
    text: isSupabase(target)
      ? 'The data of this sign-in is in a sealed cookie. The code_verifier is in cookies where supabase-js also finds it.'
      : 'The data of this sign-in is in a sealed cookie that lives for ten minutes.',
    facts: [
      ...fact('requested next', asked.get('next')),
      ...cookies.map((line) => ['cookie', hideSecret(line)]),
    ],
  })
  journals.add({
    who: 'Browser',
    title: `Redirected to ${isSupabase(target) ? 'Supabase Auth' : 'the provider'} (${response.status})`,
    text: isSupabase(target)
      ? 'It sends the browser to Bitbucket, which asks who you are.'
      : 'The provider asks who you are and what this app may see.',
    facts: [
      ['to', target.origin + target.pathname],
      ...[...target.searchParams].map(([name, value]) => [name, PARAMETERS[name]?.(value) ?? value]),
    ],
  })
}

/** The provider's answer arrived at the callback. */
export function seeCallback(journals, request) {
  const parameters = new URL(request.url).searchParams
  const names = [...new Set(parameters.keys())]
  journals.add({
    who: 'Browser',
    title: 'The browser came back to the callback',
    text: 'Anyone can open this address, so Landfall believes nothing in it before a check.',
    facts: [
      ['method', request.method],
      ...fact('parameters', names.join(', ')),
      ...fact('error', parameters.get('error')),
      ...fact('iss', parameters.get('iss')),
    ],
  })
}

/** The button behind a link in an e-mail was pressed. */
export function seeMailLink(journals) {
  journals.add({
    who: 'Browser',
    title: 'You confirmed the link of an e-mail',
    text: 'Opening it did nothing yet: mail scanners also open links, and a link works only once.',
  })
}

/** What came back was answered: where to, and with which cookies. */
export function seeLanding(journals, response, errorPath) {
  const location = response.headers.get('location')
  if (!location || location.startsWith(errorPath)) return
  journals.add({
    who: 'Browser',
    title: `Sent to ${location.replace(/#$/, '')} (${response.status})`,
    text: 'The target is always a path of this app. The response and the record of the sign-in are used up.',
    landed: location,
    facts: response.headers.getSetCookie().map((line) => ['cookie', hideSecret(line)]),
  })
}

/** Steps for the requests of the server, by the last part of the path. */
const REQUESTS = {
  'openid-configuration': [
    'Landfall read the provider’s metadata',
    'It has the endpoints and the supported features.',
  ],
  token: [
    'Landfall exchanged the code for tokens',
    'It checked state, iss and cookie first. The code alone is worth nothing: this request proves the rest.',
  ],
  jwks: ['Landfall read the provider’s keys', 'They verify the signature of the ID Token.'],
  userinfo: ['Landfall read the profile', 'It counts only if the ID Token names the same person.'],
  revoke: ['The provider revoked the tokens', 'Signing out here also ends the grant there.'],
}

/** The same for what Supabase Auth is asked. */
const SUPABASE_REQUESTS = {
  token: [
    'Landfall exchanged the code for a session',
    'It also sent the code_verifier, which only this browser’s cookies hold.',
  ],
  verify: ['Landfall exchanged the link for a session', 'The link is now used up.'],
  logout: [
    'Supabase Auth ended the session',
    'With scope=global, this applies to every browser of this person.',
  ],
}

/** `fetch` as Landfall gets it: the same, with a step for each request. */
export function watchFetch(journals, fetch = globalThis.fetch) {
  return async (input, init) => {
    const url = new URL(input.url ?? input)
    const name = url.pathname.split('/').at(-1)
    const [who, subject, requests] = isSupabase(url)
      ? ['Supabase Auth', 'Supabase Auth', SUPABASE_REQUESTS]
      : ['Provider', 'The provider', REQUESTS]
    const [title, text] = requests[name] ?? [`${subject} was asked`, '']
    const started = performance.now()
    const facts = [
      ['request', `${init?.method ?? input.method ?? 'GET'} ${url.origin}${url.pathname}`],
      ...fact('parameters', parameterNames(init?.body)),
      ...fact(
        'authorization',
        new Headers(init?.headers ?? input.headers).get('authorization')?.split(' ')[0],
      ),
    ]
    try {
      const response = await fetch(input, init)
      const took = `${response.status} after ${Math.round(performance.now() - started)} ms`
      journals.add({
        who,
        asked: name,
        title: response.ok ? title : `${subject} answered ${response.status} to /${name}`,
        text: response.ok ? text : '',
        facts: [...facts, ['answer', took]],
        failed: !response.ok,
      })
      return response
    } catch (error) {
      const answer = ['answer', `none: ${error.cause?.code ?? error.name}`]
      journals.add({
        who,
        title: `${subject} did not answer to /${name}`,
        text: '',
        facts: [...facts, answer],
        failed: true,
      })
      throw error
    }
  }
}

function parameterNames(body) {
  if (!body) return ''
  const text = ArrayBuffer.isView(body) ? Buffer.from(body).toString('utf8') : body
  const names = text.startsWith('{') ? Object.keys(JSON.parse(text)) : [...new URLSearchParams(text).keys()]
  return names.join(', ')
}

/** Landfall hands the session to the app. */
export function seeSession(journals, session) {
  const grants = [
    ...fact('access token', session.expires_in && `for ${session.expires_in} seconds`),
    ['refresh token', session.refresh_token ? 'yes' : 'no'],
  ]
  if (session.user) {
    journals.add({
      who: 'Landfall',
      title: 'Landfall wrote the session into cookies',
      text: 'They have the format of @supabase/ssr: its clients read this session on the server and in the page.',
      facts: [...grants, ['Bitbucket’s own token', session.provider_token ? 'yes' : 'no']],
    })
    return
  }
  if (session.id_token) {
    const { alg, kid } = decodeJson(session.id_token.split('.')[0])
    const { iss, aud, exp, nonce } = session.claims ?? {}
    journals.add({
      who: 'Landfall',
      title: 'Landfall verified the ID Token',
      text: 'The provider signed it for this app and this sign-in, and it is still valid.',
      facts: [
        ['signature', alg],
        ...fact('key', kid),
        ['keys', journals.hasRequest('jwks') ? 'read for this sign-in' : 'kept from an earlier sign-in'],
        ...fact('iss', iss),
        ...fact('aud', aud),
        ...fact('nonce', nonce && 'equal to the sent value'),
        ...fact('exp', exp && new Date(exp * 1000).toISOString()),
      ],
    })
  }
  journals.add({
    who: 'App',
    title: 'The app made its own session',
    text: 'The tokens stay on the server. The browser gets a random id in an HttpOnly cookie.',
    facts: [...fact('granted', session.scope), ...grants],
  })
}

/** An event of Landfall's: failures become steps, the rest is seen elsewhere. */
export function seeEvent(journals, { type, ok, code, blame, message, spec, parameter, detail, description }) {
  if (ok) return
  journals.add({
    who: 'Landfall',
    title: type === 'sign_out' ? `The sign-out did not finish: ${code}` : `Stopped: ${code}`,
    text: message,
    facts: [
      ['comes from', blame],
      ...fact('specification', spec),
      ...fact('parameter', parameter),
      ...fact('the provider’s code', detail),
      ...fact('the provider says', description),
    ],
    failed: true,
  })
}

/** The app ended its session, or Supabase's. */
export function seeSignOut(journals, session) {
  const had = session?.user
    ? 'The app removed the cookies of the session.'
    : 'The app ends its session first, before any response of the provider.'
  journals.add({
    who: 'App',
    title: 'The app signed you out',
    text: session ? had : 'There was no session to end.',
  })
}
