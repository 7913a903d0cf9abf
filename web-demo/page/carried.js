/** What a request and its answer carry: the line under a step of the sequence. */
import { locationOf } from './breaks.js'

/** Parameters and members that show how a sign-in is safe. */
const SHOWN = [
  ...['next', 'state', 'code_challenge', 'nonce', 'error', 'code', 'code_verifier', 'client_secret'],
  ...['access_token', 'id_token'],
]

/** Supabase Auth has names of its own for two of them. @param {string} name */
const nameOf = (name) => ({ sb_flow_id: 'state', auth_code: 'code' })[name] ?? name

/** @param {string} text of a query, a form or JSON */
const namesIn = (text) =>
  text.startsWith('{') ? Object.keys(JSON.parse(text)) : [...new URLSearchParams(text).keys()]

/** @param {string} url */
const queryOf = (url) => url.split('?')[1] ?? ''

/** @param {string} name of a cookie */
const cookieKind = (name) => {
  if (/landfall-session|-auth-token(\.\d+)?$/.test(name)) return 'session cookie'
  return name && !/landfall-done/.test(name) ? 'cookie' : ''
}

/** @param {string} query @param {string} body @param {(string | false)[]} more */
const toLine = (query, body, ...more) => {
  const names = [...namesIn(query), ...namesIn(body)].map(nameOf).filter((name) => SHOWN.includes(name))
  return [...new Set([...names, ...more])].filter(Boolean).join(', ')
}

/** @param {import('./world.js').Exchange} exchange @returns {{ sent: string, answered: string }} */
export const carriedBy = ({ method, url, headers, body = '', answer, answerBody = '', says = '' }) => {
  const sent = new Headers(headers)
  const cookies = (sent.get('cookie') ?? '').split('; ').map((pair) => pair.split('=')[0] ?? '')
  const set = answer
    .filter(([name, line]) => name === 'set-cookie' && !/Max-Age=0/i.test(line))
    .map(([, line]) => line.split('=')[0] ?? '')
  const authorization = sent.get('authorization') ?? ''
  return {
    sent: toLine(
      queryOf(url),
      body,
      method === 'GET' && authorization && 'access_token',
      /^basic /i.test(authorization) && 'client_secret',
      ...cookies.map(cookieKind),
    ),
    answered: toLine(queryOf(locationOf(answer)), says ? '' : answerBody, ...set.map(cookieKind), says),
  }
}
