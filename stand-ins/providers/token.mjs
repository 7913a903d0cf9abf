// The token endpoint: a code for tokens, once, to the client that asked, with the verifier of its challenge.
import { createHash, randomBytes } from 'node:crypto'
import { json, REFUSALS } from './answers.mjs'
import { checkClient } from './client.mjs'

const TYPES = { form: 'application/x-www-form-urlencoded', json: 'application/json' }
const makeToken = () => randomBytes(24).toString('base64url')

/** The parameters of a body, or null where it is not of the type that the provider takes. */
const readParams = ({ headers, body }, kind) => {
  const type = (headers.get('content-type') ?? '').split(';')[0].trim().toLowerCase()
  if (type !== TYPES[kind]) return null
  if (kind === 'form') return new URLSearchParams(body)
  try {
    const members = Object.entries(JSON.parse(body))
    return members.every(([, value]) => typeof value === 'string') ? new URLSearchParams(members) : null
  } catch {
    return null
  }
}

const matchesChallenge = (verifier, challenge) => {
  if (challenge === null || verifier === null) return challenge === verifier
  return createHash('sha256').update(verifier).digest('base64url') === challenge
}

/** Why the code is no good, or nothing. A code that was shown once is gone. */
const checkGrant = (world, row, params, place) => {
  const code = params.get('code')
  const grant = world.codes.get(code)
  if (grant?.row !== row) return 'code'
  world.codes.delete(code)
  if (grant.ends < world.now() || grant.place.tenant !== place.tenant) return 'code'
  if (params.get('redirect_uri') !== grant.redirectUri) return 'redirect'
  const verifier = params.get('code_verifier')
  const challenge = row.pkce === 'refused' ? null : grant.challenge
  return matchesChallenge(verifier, challenge) ? grant : 'verifier'
}

/**
 * @param {any} world @param {any} row @param {any} request @param {Record<string, string>} place
 * @returns {import('./answers.mjs').Answer}
 */
export const answerToken = (world, row, request, place) => {
  const refuse = (reason) => {
    const { status, body } = row.refusals?.[reason] ?? REFUSALS[reason]
    return json(status, body)
  }
  if (request.method !== 'POST') return json(405, { message: 'POST only' })
  for (const [name, pattern] of Object.entries(row.tokenHeaders ?? {}))
    if (!pattern.test(request.headers.get(name) ?? '')) return refuse('request')
  const params = readParams(request, row.tokenBody ?? 'form')
  if (!params || new Set(params.keys()).size !== [...params].length) return refuse('request')
  const stranger = checkClient(row, world.apps[row.name], world.now(), { ...request, params })
  if (stranger) return refuse(stranger)
  if (params.get('grant_type') !== 'authorization_code') return refuse('request')
  const grant = checkGrant(world, row, params, place)
  if (typeof grant === 'string') return refuse(grant)
  return issue(world, row, grant, request)
}

const issue = (world, row, grant, request) => {
  const access_token = makeToken()
  world.grants.set(access_token, grant)
  const hasIdToken = row.idToken && (row.idToken.isAlways || grant.scopes.includes('openid'))
  const usual = {
    access_token,
    token_type: 'Bearer',
    expires_in: 3600,
    scope: grant.scopes.join(' '),
    ...(hasIdToken && { id_token: world.idTokens.sign(row, grant) }),
  }
  const body = world.changed(row.token, row.tokens?.(usual, grant, makeToken) ?? usual)
  if (!row.answersForms || /\bapplication\/json\b/.test(request.headers.get('accept') ?? ''))
    return json(200, body)
  return { status: 200, headers: { 'content-type': TYPES.form }, body: new URLSearchParams(body).toString() }
}
