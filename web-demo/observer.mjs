// Turns what can be seen of a sign-in from outside Landfall into steps of the journal:
// the two redirects, the requests that its `fetch` makes, the session, and the events.

const decodeJson = (part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
const fact = (name, value) => (value ? [[name, String(value)]] : [])

/** What each parameter of the authorization request is for. */
const PARAMETERS = {
  response_type: (value) => `${value}: answer with a code, not with tokens`,
  state: () => '256 random bits; this browser’s sealed cookie knows which',
  nonce: () => 'random; has to come back inside the ID Token',
  code_challenge: () => 'SHA-256 of a secret that stays in the sealed cookie',
  code_challenge_method: (value) => value,
}

/** A sign-in was asked for, and this is the answer to it. */
export function seeStart(journals, request, response) {
  const location = response.headers.get('location')
  const asked = new URL(request.url).searchParams
  if (!URL.canParse(location ?? '')) return
  const target = new URL(location)
  const cookies = response.headers.getSetCookie().filter((line) => line.includes('landfall'))
  journals.add({
    who: 'Landfall',
    title: 'State and PKCE were made',
    text: 'What belongs to this sign-in alone went into a sealed cookie that lives for ten minutes.',
    facts: [
      ...fact('next asked for', asked.get('next')),
      ...cookies.map((line) => ['cookie', line.replace(/=[^;]*/, '=…')]),
    ],
  })
  journals.add({
    who: 'Browser',
    title: `Redirected to the provider (${response.status})`,
    text: 'The provider asks who you are, and what this app may see.',
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
    title: 'Came back to the callback',
    text: 'Anyone can open this address, so nothing in it is believed before it is checked.',
    facts: [
      ['method', request.method],
      ...fact('parameters', names.join(', ')),
      ...fact('error', parameters.get('error')),
      ...fact('iss', parameters.get('iss')),
    ],
  })
}

/** The callback was answered: where to, and with which cookies. */
export function seeLanding(journals, response, errorPath) {
  const location = response.headers.get('location')
  if (!location || location.startsWith(errorPath)) return
  journals.add({
    who: 'Browser',
    title: `Sent to ${location.replace(/#$/, '')} (${response.status})`,
    text: 'A path of this app and nothing else. The code is used up, and the sealed cookie is gone.',
    facts: response.headers.getSetCookie().map((line) => ['cookie', line.replace(/=[^;]*/, '=…')]),
  })
}

/** Steps for the requests of the server, by the last part of the path. */
const REQUESTS = {
  'openid-configuration': ['The provider’s metadata was read', 'Its endpoints, and what it supports.'],
  token: [
    'The code was exchanged for tokens',
    'Landfall had checked state, iss and cookie by now. The code alone is worth nothing: this request proves the rest.',
  ],
  jwks: ['The provider’s keys were read', 'They verify the signature of the ID Token.'],
  userinfo: ['The profile was read', 'It counts only if it is of the person whom the ID Token names.'],
  revoke: ['The provider revoked the tokens', 'Signing out here ends what was granted there.'],
}

/** `fetch` as Landfall gets it: the same, with a step for each request. */
export function watchFetch(journals, fetch = globalThis.fetch) {
  return async (input, init) => {
    const url = new URL(input.url ?? input)
    const name = url.pathname.split('/').at(-1)
    const [title, text] = REQUESTS[name] ?? ['The server asked the provider', '']
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
        who: 'Provider',
        asked: name,
        title: response.ok ? title : `The provider answered ${response.status} to /${name}`,
        text: response.ok ? text : '',
        facts: [...facts, ['answer', took]],
        failed: !response.ok,
      })
      return response
    } catch (error) {
      const answer = ['answer', `none: ${error.cause?.code ?? error.name}`]
      journals.add({
        who: 'Provider',
        title: `The provider did not answer to /${name}`,
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
  return [...new URLSearchParams(text).keys()].join(', ')
}

/** Landfall hands the session to the app. */
export function seeSession(journals, session) {
  if (session.id_token) {
    const { alg, kid } = decodeJson(session.id_token.split('.')[0])
    const { iss, aud, exp, nonce } = session.claims ?? {}
    journals.add({
      who: 'Landfall',
      title: 'The ID Token was verified',
      text: 'Signed by the provider, made for this app and this sign-in, and still valid.',
      facts: [
        ['signature', alg],
        ...fact('key', kid),
        ['keys', journals.hasRequest('jwks') ? 'read for this sign-in' : 'kept from an earlier sign-in'],
        ...fact('iss', iss),
        ...fact('aud', aud),
        ...fact('nonce', nonce && 'the one that was sent'),
        ...fact('exp', exp && new Date(exp * 1000).toISOString()),
      ],
    })
  }
  journals.add({
    who: 'App',
    title: 'The app made its own session',
    text: 'The tokens stay on the server. The browser gets a random id in an HttpOnly cookie.',
    facts: [
      ...fact('granted', session.scope),
      ...fact('access token', session.expires_in && `for ${session.expires_in} seconds`),
      ['refresh token', session.refresh_token ? 'yes' : 'no'],
    ],
  })
}

/** An event of Landfall's: failures become steps, the rest is seen elsewhere. */
export function seeEvent(journals, { type, ok, code, blame, message, spec, parameter, detail, description }) {
  if (ok) return
  journals.add({
    who: 'Landfall',
    title: type === 'sign_out' ? `The sign-out was not completed: ${code}` : `Stopped: ${code}`,
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

/** The app ended its session. */
export function seeSignOut(journals, had) {
  journals.add({
    who: 'App',
    title: 'Signed out of the app',
    text: had
      ? 'Its session is gone first, whatever the provider says next.'
      : 'There was no session to end.',
  })
}
