// Failures of the Auth server: their JSON in its three shapes, and their place in a redirect.
import { randomUUID } from 'node:crypto'
import { UrlValues, withQuery } from './supabase-url-values.mjs'

const VERSION_HEADER = 'x-supabase-api-version'
const NEWEST_VERSION = '2024-01-01'
const ACCESS_DENIED = new Set(['signup_disabled', 'user_banned', 'provider_email_needs_verification'])
const OAUTH_ERRORS = {
  400: 'invalid_request',
  401: 'unauthorized_client',
  403: 'access_denied',
  500: 'server_error',
  503: 'temporarily_unavailable',
}

/** A failure with a status, a code (empty: hooks and crashes have none) and a sentence. */
export class AuthFailure extends Error {
  constructor(status, code, message) {
    super(message)
    Object.assign(this, { status, code })
  }
}

/** What a provider says itself (`error`, `error_description`): it has no code of the Auth server. */
export class ProviderFailure extends Error {
  constructor(error, description) {
    super(description)
    Object.assign(this, { status: 400, error, description })
  }
}

export const isFailure = (thing) => thing instanceof AuthFailure || thing instanceof ProviderFailure

/** The API version asked for, or null for the first one; a date that is none counts as none. */
function versionOf(headers) {
  const version = headers.get(VERSION_HEADER) ?? ''
  return /^\d{4}-\d\d-\d\d$/.test(version) && version >= NEWEST_VERSION ? NEWEST_VERSION : null
}

/** A failure as an answer in JSON; the request's version decides its shape. */
export function failureAnswer(failure, requestHeaders) {
  const version = versionOf(requestHeaders)
  const headers = { 'content-type': 'application/json', ...(version && { [VERSION_HEADER]: version }) }
  if (failure instanceof ProviderFailure) {
    const { error, description } = failure
    const body = { error, ...(description && { error_description: description }) }
    return { status: 400, headers, body }
  }
  const { status, message } = failure
  if (failure.code) headers['x-sb-error-code'] = failure.code
  const code = failure.code || (status === 500 ? 'unexpected_failure' : 'unknown')
  if (version) return { status, headers, body: { code, message } }
  const errorId = status >= 500 ? { error_id: randomUUID() } : null
  return { status, headers, body: { code: status, error_code: code, msg: message, ...errorId } }
}

function setFailure(values, failure) {
  if (failure instanceof ProviderFailure) {
    return values.set('error', failure.error).set('error_description', failure.description)
  }
  const { status, code, message } = failure
  const error = ACCESS_DENIED.has(code) ? 'access_denied' : (OAUTH_ERRORS[status] ?? 'server_error')
  return values.set('error', error).set('error_code', code).set('error_description', message)
}

/** SITE_URL with the failure in its query: what a callback without a usable state gets. */
export const siteFailureUrl = (siteUrl, failure) =>
  withQuery(siteUrl, (values) => setFailure(values, failure))

/**
 * `redirect_to` with the failure in its query and in a fragment of its own. The fragment is escaped twice
 * (`%253A` for a colon), because the real server encodes it as a query and then once more as a fragment.
 */
export function appFailureUrl(redirectTo, failure) {
  const fragment = setFailure(new UrlValues(), failure).set('sb', '').toString().replaceAll('%', '%25')
  return withQuery(redirectTo, (values) => setFailure(values, failure), fragment)
}

/** `redirect_to` as an email link leaves it: always a fragment, and the query only for a PKCE token. */
export function linkFailureUrl(redirectTo, failure, isPkce) {
  const fragment = setFailure(new UrlValues(), failure).set('sb', '').toString().replaceAll('%', '%25')
  if (!isPkce) return `${redirectTo.split('#', 1)[0]}#${fragment}`
  return withQuery(redirectTo, (values) => setFailure(values, failure), fragment)
}
