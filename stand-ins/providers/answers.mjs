// Answers that several providers give in the same words.

/**
 * @typedef {{ status: number, headers?: Record<string, string>, body: any }} Answer an object as body is JSON
 */

/** @param {number} status @param {unknown} body text is taken as it is @returns {Answer} */
export const json = (status, body) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

/** A refusal as RFC 6749 5.2 has it. @param {string} error @param {string} error_description */
const oauth = (error, error_description) => ({
  status: error === 'invalid_client' ? 401 : 400,
  body: { error, error_description },
})

/** Why the token endpoint refuses -> its answer. A provider that says it in other words has rows of its own. */
export const REFUSALS = {
  request: oauth('invalid_request', 'The request is malformed.'),
  methods: oauth('invalid_request', 'The client uses two ways of authentication.'),
  client: oauth('invalid_client', 'The client is unknown, or its secret is wrong.'),
  code: oauth('invalid_grant', 'The code is unknown, expired or used.'),
  redirect: oauth('invalid_grant', 'The redirect_uri is another one.'),
  verifier: oauth('invalid_grant', 'The code_verifier does not match.'),
}
