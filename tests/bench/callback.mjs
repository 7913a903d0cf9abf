// The callback: find the transaction, check the answer, exchange the code, redirect with cookies.
import * as oauth from 'oauth4webapi'
import {
  clientId,
  clientSecret,
  expect,
  keepSession,
  makeAuth,
  next,
  origin,
  redirectUri,
  server,
  sessionCookie,
  stubFetch,
} from './fixtures.mjs'
import { startByOauth4webapi } from './start.mjs'

const client = { client_id: clientId }
const authenticate = oauth.ClientSecretBasic(clientSecret)
const options = { [oauth.customFetch]: stubFetch }

const readCookie = (header, name) => {
  for (const pair of header.split('; ')) if (pair.startsWith(`${name}=`)) return pair.slice(name.length + 1)
  return undefined
}

/** The same by hand around oauth4webapi, as its examples show it. */
const callbackByOauth4webapi = async (request) => {
  const cookie = readCookie(request.headers.get('cookie'), '__Host-oauth')
  const transaction = JSON.parse(decodeURIComponent(cookie))
  const params = oauth.validateAuthResponse(server, client, new URL(request.url), transaction.state)
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    authenticate,
    params,
    redirectUri,
    transaction.codeVerifier,
    options,
  )
  keepSession(await oauth.processAuthorizationCodeResponse(server, client, answer))
  const target = new URL(transaction.next, origin)
  const location = target.origin === origin ? target.pathname + target.search + target.hash : '/'
  const response = new Response(null, { status: 303, headers: { location } })
  response.headers.append('set-cookie', '__Host-oauth=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax')
  response.headers.append('set-cookie', sessionCookie)
  return response
}

/** The browser's request after a start; reused, since making one costs more than what is measured. */
const makeRequest = ({ url, setCookie }) => {
  const state = encodeURIComponent(new URL(url).searchParams.get('state'))
  const cookie = `theme=dark; ${setCookie[0].split(';')[0]}; lang=en`
  return new Request(`${redirectUri}?code=SplxlOBeZQQYbYS6WxSbIA&state=${state}`, { headers: { cookie } })
}

/** What no library can avoid in a fetch-style handler. */
const floor = async () => {
  await (await stubFetch()).arrayBuffer()
  const response = new Response(null, { status: 303, headers: { location: next } })
  response.headers.append('set-cookie', sessionCookie)
  return response
}

export const callbackCases = async () => {
  const group = 'Callback: a token answer of 285 bytes'
  const onSession = (session) => {
    keepSession(session)
    return { headers: { 'set-cookie': sessionCookie } }
  }
  const plain = makeAuth({ onSession })
  const input = { provider: 'example', next }
  const plainRequest = makeRequest(plain.start(input))
  const peerRequest = makeRequest(await startByOauth4webapi())
  const cases = [
    { group, name: 'oauth4webapi', baseline: true, run: () => callbackByOauth4webapi(peerRequest) },
    { group, name: 'Landfall', run: () => plain.callback(plainRequest) },
    { group, name: 'floor: Response, arrayBuffer, redirect Response', run: floor },
  ]
  for (const { name, run } of cases) {
    const { status, headers } = await run()
    const location = headers.get('location')
    expect(status === 303 && location.startsWith(next), `${name} answers ${status} ${location}`)
  }
  return cases
}
