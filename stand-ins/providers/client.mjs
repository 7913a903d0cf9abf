// Who sends a token request: the ways of client authentication, each only where the provider documents it.
import { timingSafeEqual } from 'node:crypto'

const isEqual = (a, b) => {
  const [left, right] = [Buffer.from(a ?? ''), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/**
 * The way that a request uses: `both` is refused everywhere (RFC 6749 2.3).
 * @param {Headers} headers @param {URLSearchParams} params
 */
const wayOf = (headers, params) => {
  const isBasic = headers.has('authorization')
  if (isBasic && params.has('client_secret')) return 'both'
  if (isBasic) return 'client_secret_basic'
  return params.has('client_secret') ? 'client_secret_post' : 'none'
}

/**
 * @param {any} row @param {any} app as the provider registered it @param {number} now in milliseconds
 * @param {{ headers: Headers, basic: { id: string, secret: string } | null, params: URLSearchParams }} request
 * @returns {'' | 'methods' | 'client'} why it is refused
 */
export const checkClient = (row, app, now, { headers, basic, params }) => {
  const way = wayOf(headers, params)
  if (way === 'both' || (row.refusesClientIdBesideBasic && basic && params.has('client_id'))) return 'methods'
  if (!row.clientAuthentication.includes(way)) return 'client'
  const isOther = params.has('client_id') && params.get('client_id') !== app.clientId
  const id = basic?.id ?? params.get('client_id')
  if (isOther || !isEqual(id, app.clientId)) return 'client'
  const secret = basic?.secret ?? params.get('client_secret')
  const isKnown = row.checkSecret ? row.checkSecret(secret, app, now) : isEqual(secret, app.clientSecret)
  return isKnown ? '' : 'client'
}
