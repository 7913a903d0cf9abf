// Links and codes that the Auth server would send by email, and /verify, which takes them. No mail is sent:
// `issue` gives a test what the mail would have held.
import { randomBytes } from 'node:crypto'
import { AuthFailure, isFailure, linkFailureUrl } from './supabase-failures.mjs'
import { readChallenge } from './supabase-flow-state.mjs'
import { withCode, withTokens } from './supabase-provider-sign-in.mjs'
import { UrlValues, withQuery } from './supabase-url-values.mjs'

const LINK_SECONDS = 3600
const HASH_BYTES = 28
const PKCE_PREFIX = 'pkce_'
const HALF_DONE = 'Confirmation link accepted. Please proceed to confirm link sent to the other email'

/** Type -> the kinds of token that it accepts. `email` does not say which of the two it is. */
const KINDS = {
  signup: ['confirmation'],
  invite: ['confirmation'],
  recovery: ['recovery'],
  magiclink: ['recovery'],
  email_change: ['email_change'],
  email: ['confirmation', 'recovery'],
}
const SENT_AT = {
  confirmation: 'confirmation_sent_at',
  recovery: 'recovery_sent_at',
  email_change: 'email_change_sent_at',
}

const refuse = (message) => new AuthFailure(400, 'validation_failed', message)

/** What a half-done change of address leaves: a message, in the fragment and for PKCE in the query too. */
const withMessage = (target, isPkce) => {
  const message = new UrlValues().set('message', HALF_DONE).set('sb', '')
  const address = isPkce ? withQuery(target, (values) => values.set('message', HALF_DONE)) : target
  return `${address.split('#', 1)[0]}#${message}`
}

export class EmailLinks {
  #tokens = new Map()
  #context

  /** @param {{ clock: object, users: object, flowStates: object, sessions: object, allowList: object }} context */
  constructor(context) {
    this.#context = context
  }

  /**
   * A token hash as a mail would carry it.
   *
   * @param {object} wanted
   * @param {keyof KINDS} wanted.type
   * @param {string} [wanted.email]
   * @param {string} [wanted.newEmail] for `email_change`
   * @param {string} [wanted.codeChallenge] makes it a link of the PKCE flow (`pkce_...`)
   * @param {string} [wanted.codeChallengeMethod]
   * @param {boolean} [wanted.isFirstOfTwo] an `email_change` that the other address has to confirm as well
   */
  issue({ type, email = 'ada@example.test', newEmail, isFirstOfTwo = false, ...pkceOf }) {
    const { clock, users, flowStates } = this.#context
    const kind = type === 'email' ? 'recovery' : KINDS[type][0]
    const user = users.withEmail(email)
    const now = clock.now()
    user[SENT_AT[kind]] = new Date(now).toISOString()
    if (type === 'invite') user.invited_at = new Date(now).toISOString()
    if (newEmail) user.new_email = newEmail.toLowerCase()
    const { codeChallenge, codeChallengeMethod = 's256' } = pkceOf
    const pkce = codeChallenge ? readChallenge(codeChallenge, codeChallengeMethod) : null
    const row =
      pkce && flowStates.create({ pkce, provider: 'email', referrer: '', authenticationMethod: 'magiclink' })
    const hash = (pkce ? PKCE_PREFIX : '') + randomBytes(HASH_BYTES).toString('hex')
    this.#tokens.set(hash, { kind, type, userId: user.id, sentAt: now, row, isFirstOfTwo })
    return hash
  }

  isInvite = (hash) => this.#tokens.get(hash)?.type === 'invite'

  /** POST /verify with `{ type, token_hash }`: a session, once. */
  post({ type, token_hash: tokenHash, ...others }) {
    if (!type) throw refuse('Verify requires a verification type')
    if (!tokenHash) throw refuse('Verify requires either a token or a token hash')
    if (others.email || others.phone) throw refuse('Only the token_hash and type should be provided')
    const { user, isFirstOfTwo } = this.#take(type, tokenHash)
    if (isFirstOfTwo) return { status: 200, body: { code: '200', msg: HALF_DONE } }
    const { body, headers } = this.#context.sessions.open(user, 'otp')
    return { status: 200, headers, body }
  }

  /** GET /verify, the link itself: 303 to the app with a code, or with tokens or a failure in the fragment. */
  get(request) {
    const query = new UrlValues(request.rawQuery)
    const { allowList, flowStates, sessions } = this.#context
    const target = allowList.choose(query.get('redirect_to'), request.headers.get('referer'))
    const [type, token] = [query.get('type'), query.get('token')]
    const isPkce = token.startsWith(PKCE_PREFIX)
    if (!type) throw refuse('Verify requires a verification type')
    if (!token) throw refuse('Verify requires a token or a token hash')
    try {
      const { user, row, isFirstOfTwo } = this.#take(type, token)
      if (isFirstOfTwo) return { status: 303, headers: { location: withMessage(target, isPkce) } }
      if (row) flowStates.claim(row, user)
      return row
        ? { status: 303, headers: { location: withCode(target, row.auth_code) } }
        : withTokens(303, target, sessions.open(user, 'otp'), { type })
    } catch (failure) {
      if (!isFailure(failure)) throw failure
      return { status: 303, headers: { location: linkFailureUrl(target, failure, isPkce) } }
    }
  }

  #take(type, hash) {
    const { clock, users } = this.#context
    const kinds = Object.hasOwn(KINDS, type) ? KINDS[type] : null
    if (!kinds) throw new AuthFailure(400, 'validation_failed', 'Invalid email verification type')
    const token = this.#tokens.get(hash)
    const isGood = token && kinds.includes(token.kind) && clock.now() - token.sentAt <= LINK_SECONDS * 1000
    if (!isGood) throw new AuthFailure(403, 'otp_expired', 'Email link is invalid or has expired')
    const user = users.rows.get(token.userId)
    if (users.isBanned(user)) throw new AuthFailure(403, 'user_banned', 'User is banned')
    this.#tokens.delete(hash)
    if (token.isFirstOfTwo) return token
    if (token.kind === 'email_change' && user.new_email) {
      user.email = user.new_email
      user.new_email = undefined
    }
    users.confirm(user)
    return { ...token, user }
  }
}
