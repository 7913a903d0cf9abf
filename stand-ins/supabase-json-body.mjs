// Reads a request's JSON into one of the server's structs, with the words of Go's encoding/json for what is wrong.
import { AuthFailure } from './supabase-failures.mjs'

/** Struct -> its fields, which are texts; others may hold anything. */
const STRUCTS = {
  PKCEGrantParams: ['auth_code', 'code_verifier'],
  RefreshTokenGrantParams: ['refresh_token'],
  VerifyParams: ['type', 'token', 'token_hash', 'email', 'phone', 'redirect_to'],
  OtpParams: ['email', 'code_challenge', 'code_challenge_method'],
  EnrollFactorParams: ['factor_type', 'friendly_name', 'issuer'],
  VerifyFactorParams: ['challenge_id', 'code'],
  AdminUserParams: ['email'],
  GenerateLinkParams: ['type', 'email'],
}
const LITERALS = ['null', 'true', 'false']
const END = 'unexpected end of JSON input'

const goType = (value) =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value

/** What Go says of a text that is no JSON. It knows more sentences; these are for how a text starts or ends. */
export function jsonProblem(text) {
  const start = text.trimStart()
  const literal = LITERALS.find((word) => word[0] === start[0])
  if (literal) {
    const at = [...literal].findIndex((letter, index) => start[index] !== letter)
    if (at < 0) return `invalid character '${start[literal.length]}' after top-level value`
    return start[at]
      ? `invalid character '${start[at]}' in literal ${literal} (expecting '${literal[at]}')`
      : END
  }
  if (start === '' || (/^[[{"]/.test(start) && !/[\]}"]\s*$/.test(start.slice(1)))) return END
  return `invalid character '${start[0]}' looking for beginning of value`
}

/**
 * @param {{ body: string }} request
 * @param {keyof STRUCTS} struct
 */
export function readJson({ body }, struct) {
  const refuse = (detail) =>
    new AuthFailure(400, 'bad_json', `Could not parse request body as JSON: ${detail}`)
  let fields
  try {
    fields = JSON.parse(body) ?? {}
  } catch {
    throw refuse(jsonProblem(body))
  }
  if (typeof fields !== 'object' || Array.isArray(fields)) {
    throw refuse(`json: cannot unmarshal ${goType(fields)} into Go value of type api.${struct}`)
  }
  const wrong = STRUCTS[struct].find((name) => typeof (fields[name] ?? '') !== 'string')
  if (!wrong) return fields
  const place = `Go struct field ${struct}.${wrong} of type string`
  throw refuse(`json: cannot unmarshal ${goType(fields[wrong])} into ${place}`)
}
