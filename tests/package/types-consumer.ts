// What TypeScript knows of sessions, events and codes; tests/package compiles it against the installed package. It is never run.
import {
  type AuthEvent,
  type Blame,
  createAuth,
  type DirectOptions,
  ERRORS,
  type ErrorCode,
  LandfallError,
  type Options,
  type Profile,
  type Session,
  type SupabaseSession,
} from 'landfall'
import { type AppStorage, type BrowserAuth, type Completed, createBrowserAuth } from 'landfall/browser'

type IsSame<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
/** Compiles where the value has this type, and no other. */
declare const has: <T>() => <V>(value: V, same: IsSame<V, T>) => void

const supabase = { url: 'https://abcd.supabase.co', key: 'key' }
const providers = { bitbucket: { clientId: 'id', clientSecret: 'secret' } }

// The options say which kind of session a hook gets.
createAuth({ providers, onSession: (session) => has<Session>()(session, true) })
createAuth({ supabase, onSession: (session) => has<SupabaseSession>()(session, true) })
createAuth({
  providers: { bitbucket: { clientId: 'id', clientSecret: 'secret' } },
  onSession: (session) => has<Session>()(session, true),
})
createAuth({
  supabase: { url: 'https://abcd.supabase.co', key: 'key' },
  onSession: (session) => has<SupabaseSession>()(session, true),
})
createAuth({
  supabase,
  providers,
  onSession: (session) => has<Session | SupabaseSession>()(session, true),
})
createAuth(() => ({ providers, onSession: async (session) => has<Session>()(session, true) }))
createAuth(() => ({ providers, onSession: (session) => has<Session>()(session, true) }))
createAuth(() => ({
  supabase,
  async onSession(session) {
    has<SupabaseSession>()(session, true)
  },
}))
// A hook may name the one kind that its app has.
export const direct: DirectOptions = { providers, onSession: (session) => has<Session>()(session, true) }
export const options: Options = { providers, onSession: (session: Session) => has<Session>()(session, true) }

// Where both are configured, a literal tells them apart, and so does what only one of them has.
export const tell = (session: Session | SupabaseSession): string => {
  if (session.token_type === 'Bearer') has<Session>()(session, true)
  else has<SupabaseSession>()(session, true)
  if (session.provider !== undefined) has<Session>()(session, true)
  if (session.user) has<SupabaseSession>()(session, true)
  return session.token_type === 'bearer' ? session.user.id : session.scope
}

// Nothing of a session is of a type that allows everything.
export const read = ({ claims, userinfo, emails, token_response, profile }: Session): void => {
  has<Profile>()(profile, true)
  has<string | undefined>()(claims?.sub, true)
  has<string | undefined>()(claims?.email, true)
  has<unknown>()(claims?.groups, true)
  has<unknown>()(userinfo?.uuid, true)
  const bitbucket = Array.isArray(emails) ? undefined : emails
  has<string | undefined>()(bitbucket?.values.find(({ is_confirmed }) => is_confirmed)?.email, true)
  has<string | null>()(profile.email, true)
  has<boolean>()(profile.email_verified, true)
  has<unknown>()(token_response.scope, true)
}

// `ok` and `type` tell events apart.
export const observe = (event: AuthEvent): string | undefined => {
  if (!event.ok) {
    has<ErrorCode>()(event.code, true)
    has<Blame>()(event.blame, true)
    has<string>()(event.message, true)
    has<unknown>()(event.cause, true)
    // @ts-expect-error what failed is no warning
    event.type === 'warning'
    return event.detail
  }
  if (event.type === 'warning') {
    has<ErrorCode>()(event.code, true)
    return event.message
  }
  has<'sign_in' | 'callback' | 'confirm' | 'sign_out'>()(event.type, true)
  has<undefined>()(event.code, true)
  // @ts-expect-error there is no such event
  event.type === 'signin'
  return event.provider
}
export const log = ({ type, code, blame, detail }: AuthEvent): void => console.warn(type, code, blame, detail)

// Codes are literals; a code of an address may be any text.
export const explain = (error: LandfallError, given: string): (string | undefined)[] => {
  has<ErrorCode>()(error.code, true)
  // @ts-expect-error there is no such code
  error.code === 'config_invalide'
  has<string>()(ERRORS.provider_access_denied.message, true)
  has<string>()(ERRORS[error.code].message, true)
  // @ts-expect-error the table need not have it
  ERRORS[given].message
  return [ERRORS[given]?.message]
}
// @ts-expect-error there is no such code
new LandfallError('oops')

// In a page, too, the options say which kind of session there is.
has<BrowserAuth<SupabaseSession>>()(createBrowserAuth({ supabase }), true)
declare const appStorage: AppStorage
has<BrowserAuth<SupabaseSession>>()(
  createBrowserAuth({ supabase: { ...supabase, storage: appStorage } }),
  true,
)
has<BrowserAuth<Session>>()(createBrowserAuth({ providers, secret: 'a page has none' }), true)
has<BrowserAuth>()(createBrowserAuth({ supabase, providers }), true)
export const finish = async (auth: BrowserAuth<SupabaseSession>): Promise<string | null> => {
  const { data, error }: Completed<SupabaseSession> = await auth.complete()
  if (error) return error.code
  // @ts-expect-error there may have been nothing to finish
  data.session.user
  if (!data.session) return data.next
  has<SupabaseSession>()(data.session, true)
  has<'recovery' | null>()(data.redirectType, true)
  return data.session.user.id
}
export const start = async (auth: BrowserAuth): Promise<string> => {
  const { data, error } = await auth.signInWithOAuth({ provider: 'bitbucket' })
  return error ? error.code : data.url
}
