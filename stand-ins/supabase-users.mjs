// Users and their identities, as the Auth server prints them: member order included.
import { randomUUID } from 'node:crypto'
import { AuthFailure } from './supabase-failures.mjs'

const iso = (ms) => new Date(ms).toISOString()
/** Go sorts the keys of a map. */
const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))
const present = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== ''))

export class Users {
  /** @type {Map<string, object>} */
  rows = new Map()
  #clock
  #options

  constructor(clock, options) {
    this.#clock = clock
    this.#options = options
  }

  /** A user by address; made, and not yet confirmed, when there is none. */
  withEmail(email) {
    const lower = email.toLowerCase()
    const known = [...this.rows.values()].find((user) => user.email === lower)
    return known ?? this.#create(lower)
  }

  /** Signs in with what a provider tells: `{ subject, name, picture, iss, emails }`, addresses first. */
  withProvider(provider, profile) {
    const primary = profile.emails.find((one) => one.primary) ?? profile.emails.at(-1)
    const identityOf = (user) =>
      user.identities.find((one) => one.provider === provider && one.id === profile.subject)
    const email = primary.email.toLowerCase()
    const trusted = primary.verified || this.#options.autoconfirm
    let user = [...this.rows.values()].find(identityOf)
    user ??= [...this.rows.values()].find((one) => trusted && one.email === email)
    if (!user && this.#options.disableSignup) {
      throw new AuthFailure(422, 'signup_disabled', 'Signups not allowed for this instance')
    }
    user ??= this.#create(email)
    if (this.isBanned(user)) throw new AuthFailure(403, 'user_banned', 'User is banned')
    const data = this.#claims(profile, email, primary.verified)
    const identity = identityOf(user)
    if (identity) Object.assign(identity, { identity_data: data, last_sign_in_at: this.#now() })
    else user.identities.push(this.#identity(user, provider, profile.subject, data, email))
    user.user_metadata = sorted({ ...user.user_metadata, ...data })
    const providers = [...new Set(user.identities.map((one) => one.provider))]
    user.app_metadata = { provider: providers[0], providers }
    if (!user.confirmed && !trusted) {
      const message = `Unverified email with ${provider}. A confirmation email has been sent to it`
      throw new AuthFailure(422, 'provider_email_needs_verification', message)
    }
    this.confirm(user)
    return user
  }

  confirm(user) {
    user.confirmed ??= this.#now()
  }

  signedIn(user) {
    user.last_sign_in_at = user.updated_at = this.#now()
  }

  ban(email, until = '2999-01-01T00:00:00Z') {
    this.withEmail(email).banned_until = until
  }

  isBanned = (user) => Boolean(user.banned_until) && Date.parse(user.banned_until) > this.#clock.now()

  #now = () => iso(this.#clock.now())

  #create(email) {
    const now = this.#now()
    const user = {
      id: randomUUID(),
      email,
      confirmed: null,
      app_metadata: { provider: 'email', providers: ['email'] },
      user_metadata: {},
      identities: [],
      created_at: now,
      updated_at: now,
    }
    this.rows.set(user.id, user)
    return user
  }

  #claims({ subject, name, picture, iss }, email, verified) {
    const optional = { avatar_url: picture, picture, name, full_name: name }
    const data = { email, email_verified: verified, phone_verified: false, iss, sub: subject }
    return sorted({ ...data, provider_id: subject, ...present(optional) })
  }

  #identity(user, provider, subject, data, email) {
    const now = this.#now()
    return {
      identity_id: randomUUID(),
      id: subject,
      user_id: user.id,
      identity_data: data,
      provider,
      last_sign_in_at: now,
      created_at: now,
      updated_at: now,
      email,
    }
  }
}

/** A user as JSON; what may be missing is missing. */
export function userJson(user) {
  const confirmed = user.confirmed ?? undefined
  return {
    id: user.id,
    aud: 'authenticated',
    role: 'authenticated',
    email: user.email,
    email_confirmed_at: confirmed,
    invited_at: user.invited_at,
    phone: '',
    confirmation_sent_at: user.confirmation_sent_at,
    confirmed_at: confirmed,
    recovery_sent_at: user.recovery_sent_at,
    new_email: user.new_email,
    email_change_sent_at: user.email_change_sent_at,
    last_sign_in_at: user.last_sign_in_at,
    app_metadata: user.app_metadata,
    user_metadata: user.user_metadata,
    factors: user.factors,
    identities: user.identities,
    created_at: user.created_at,
    updated_at: user.updated_at,
    banned_until: user.banned_until,
    is_anonymous: false,
  }
}
