// The authorization endpoint, and the person who allows or denies.
import { randomBytes } from 'node:crypto'

/** The header in which the person's choice comes along. */
export const CHOICE = 'x-person-chooses'
const S256_CHALLENGE = /^[\w-]{43}$/

/** What keeps the provider from going back to the app: a page says it. */
const findStranger = (row, app, query) => {
  if (query.get('client_id') !== app.clientId) return 'the client_id is unknown'
  const registered = app.redirectUri
  const redirectUri = query.get('redirect_uri') ?? ''
  const fits = row.takesLongerRedirects ? redirectUri.startsWith(registered) : redirectUri === registered
  return fits ? '' : `the redirect_uri is not registered: ${redirectUri}`
}

/** What the provider tells the app as an error. */
const findFault = (row, query, scopes) => {
  for (const name of new Set(query.keys())) if (query.getAll(name).length > 1) return 'invalid_request'
  if (query.get('response_type') !== 'code') return 'unsupported_response_type'
  if (row.scopes && !scopes.every((scope) => row.scopes.includes(scope))) return 'invalid_scope'
  const challenge = query.get('code_challenge')
  if (row.pkce === 'required' && challenge === null) return 'invalid_request'
  const isS256 = query.get('code_challenge_method') === 'S256' && S256_CHALLENGE.test(challenge ?? '')
  if (challenge !== null && row.pkce !== 'refused' && !isS256) return 'invalid_request'
  return row.findFault?.(query, scopes) ?? ''
}

/**
 * @param {any} world @param {any} row @param {any} request
 * @param {Record<string, string>} place the parts of the address that differ
 * @returns {import('./answers.mjs').Answer}
 */
export const authorize = (world, row, { method, query, headers }, place) => {
  const app = world.apps[row.name]
  if (method !== 'GET') return { status: 405, body: 'Open it as a page.' }
  const stranger = findStranger(row, app, query)
  if (stranger) return { status: 400, body: stranger }
  const asked = (query.get('scope') ?? '').split(' ').filter(Boolean)
  const scopes = row.dropsUnknownScopes ? asked.filter((scope) => row.scopes.includes(scope)) : asked
  const response = new URLSearchParams()
  const fault = findFault(row, query, scopes)
  if (fault) {
    response.set('error', row.spellFault?.(fault) ?? fault)
  } else if (headers.get(CHOICE) === 'deny') {
    for (const [name, value] of Object.entries(row.denial ?? DENIAL)) response.set(name, value)
  } else {
    const code = randomBytes(24).toString('base64url')
    const grant = {
      row,
      app,
      place,
      query,
      person: app.person,
      scopes: app.granted ?? scopes,
      nonce: query.get('nonce'),
      redirectUri: query.get('redirect_uri'),
      challenge: query.get('code_challenge'),
      ends: world.now() + (row.codeSeconds ?? 60) * 1000,
    }
    world.codes.set(code, grant)
    response.set('code', code)
    for (const [name, value] of row.alsoAnswers?.(grant, world) ?? []) response.append(name, value)
  }
  if (query.has('state')) response.set('state', query.get('state'))
  if (row.iss) response.set('iss', row.iss)
  return goBack(query, response)
}

const DENIAL = { error: 'access_denied', error_description: 'The person said no.' }

/** A redirect, or the form that the provider's page sends by itself. */
const goBack = (query, response) => {
  const location = new URL(query.get('redirect_uri'))
  if (query.get('response_mode') === 'form_post') {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', location: location.href }
    return { status: 200, headers, body: response.toString() }
  }
  for (const [name, value] of response) location.searchParams.append(name, value)
  return { status: 302, headers: { location: location.href }, body: '' }
}
