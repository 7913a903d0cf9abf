// What an app writes; tests/package compiles it against the installed package. It is never run.
import {
  type AuthEvent,
  checkNext,
  createAuth,
  ERRORS,
  LandfallError,
  type NotSet,
  type Options,
  type Profile,
  type Session,
} from 'landfall'
import { createBrowserAuth } from 'landfall/browser'
import { getUser, handlers as nextHandlers, proxyHandler, signIn } from 'landfall/next'
import * as plain from 'landfall/plain'
import * as plainBrowser from 'landfall/plain/browser'
import { authHandle } from 'landfall/sveltekit'

const options: Options = {
  providers: {
    bitbucket: { clientId: 'id', clientSecret: 'secret' },
    work: {
      issuer: 'https://id.example',
      clientId: 'id',
      scopes: ['openid', 'email'],
      responseMode: 'form_post',
      callback: '/auth/back/from/work',
    },
  },
  secret: ['newest', 'oldest'],
  origin: { trustedHosts: ['app.example', '*.preview.example'] },
  paths: { callback: '/auth/callback' },
  fetch: (input, init) => fetch(input, init),
  async onSession(session: Session, { request, provider, next }) {
    const scope: string = session.scope
    const expires: number | undefined = session.expires_at
    return { headers: { 'set-cookie': `s=${provider}${next}${scope}${expires}` }, redirect: request.url }
  },
  onSignOut: ({ request }) => ({ provider: 'work', token: request.url }),
  onEvent(event: AuthEvent) {
    const code: string | undefined = event.code
    if (!event.ok && code) console.error(ERRORS[code]?.message, event.blame)
  },
}

export const auth = createAuth(options)
export const GET: (request: Request) => Promise<Response> = auth.callback
export const endpoint: (event: { request: Request; locals: object }) => Promise<Response> = auth.signIn
export const handled: Promise<Response> | undefined = auth.handle(new Request('https://app.example/'))
export const started: { url: string; setCookie: string[] } = auth.start({ provider: 'work', next: '/' })
export const user: Promise<Profile | null> = getUser(auth)
export const target: string | null = checkNext(new URL('https://app.example').searchParams.get('next'))
export const isOurs = (error: unknown): boolean =>
  error instanceof LandfallError && error.code === 'config_invalid'

// Next reads a route's input off the type of its export, where the last signature counts.
type IsSame<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const handlers = ['signIn', 'callback', 'confirm', 'error', 'signOut', 'handle'] as const
type Handlers = Pick<typeof auth, (typeof handlers)[number]>
export const inputs: { [Name in keyof Handlers]: IsSame<Parameters<Handlers[Name]>, [request: Request]> } = {
  signIn: true,
  callback: true,
  confirm: true,
  error: true,
  signOut: true,
  handle: true,
}
export const outputs: { [Name in keyof Handlers]: IsSame<ReturnType<Handlers[Name]>, Promise<Response>> } = {
  signIn: true,
  callback: true,
  confirm: true,
  error: true,
  signOut: true,
  handle: false,
}

// Each framework's own type, as it declares it.
type SvelteKitHandler = (event: { request: Request; locals: object }) => Response | Promise<Response>
type AstroRoute = (context: { request: Request; url: URL }) => Response | Promise<Response>
type ReactRouterLoader = (args: { request: Request; params: object; context: unknown }) => unknown
type NextRoute = (
  request: Request & { nextUrl: URL },
  context: { params: Promise<object> },
) => Promise<Response>
export const routes: Record<string, SvelteKitHandler & AstroRoute & ReactRouterLoader & NextRoute> = {
  signIn: auth.signIn,
  callback: auth.callback,
  confirm: auth.confirm,
  error: auth.error,
  signOut: auth.signOut,
}
export const workers: { fetch: (request: Request) => Response | Promise<Response> } = {
  fetch: (request) => auth.handle(request) ?? new Response(null, { status: 404 }),
}

// The adapters, as each framework takes them.
export const nextRoutes: { GET: NextRoute; POST: NextRoute } = nextHandlers(auth)
type NextProxy = (request: Request & { nextUrl: URL }, event: object) => Promise<Response | null | undefined>
export const nextProxy: NextProxy = proxyHandler(auth)
export const nextAction: (form: FormData) => Promise<void> = (form) =>
  signIn(auth, { provider: 'work', next: String(form.get('next')), queryParams: { prompt: 'login' } })
type SvelteKitEvent = { request: Request; locals: object }
type SvelteKitHandle = (input: {
  event: SvelteKitEvent
  resolve(event: SvelteKitEvent, options?: { transformPageChunk?: unknown }): Response | Promise<Response>
}) => Response | Promise<Response>
export const svelteKitHandle: SvelteKitHandle = authHandle(auth)
// @ts-expect-error an action has the request already
signIn(auth, { request: new Request('https://app.example/') })
// @ts-expect-error an adapter takes all routes
authHandle(auth.handle)

declare const either: Request | { request: Request }
export const answers: Promise<Response>[] = [auth.callback(either), auth.signOut(either)]

// A page without a server.
const page = createBrowserAuth({
  supabase: { url: 'https://abcd.supabase.co', key: 'key', storage: 'cookies' },
})
export const begun: Promise<{ data: { url: string | null }; error: LandfallError | null }> =
  page.signInWithOAuth({ provider: 'bitbucket', options: { next: '/', scopes: ['account'] } })
export const left: Promise<{ error: LandfallError | null }>[] = [
  page.signOut(),
  page.signOut({ scope: 'others' }),
]
// @ts-expect-error a page has no hooks
createBrowserAuth({ onSession: () => {} })
// @ts-expect-error a page has one origin
createBrowserAuth({ origin: { trustedHosts: ['app.example'] } })
// @ts-expect-error createAuth signs nobody in in a page
auth.signInWithOAuth({ provider: 'bitbucket' })
// @ts-expect-error a handler takes a request
auth.signOut()

// What an environment may lack; `undefined` is a value here, which exactOptionalPropertyTypes tells from none.
declare const env: { [name: string]: string | undefined }
const fromEnvironment = createAuth({
  origin: env.APP_ORIGIN,
  secret: [env.SECRET, env.OLD_SECRET],
  supabase: { url: env.SUPABASE_URL, key: env.SUPABASE_ANON_KEY, flows: 'own' },
  providers: {
    work: {
      clientId: env.WORK_CLIENT_ID,
      clientSecret: env.WORK_CLIENT_SECRET,
      issuer: env.WORK_ISSUER,
      authorizationEndpoint: env.WORK_AUTHORIZATION_ENDPOINT,
      tokenEndpoint: env.WORK_TOKEN_ENDPOINT,
      jwksUri: env.WORK_JWKS_URI,
      userinfoEndpoint: env.WORK_USERINFO_ENDPOINT,
      revocationEndpoint: env.WORK_REVOCATION_ENDPOINT,
    },
  },
})
export const notSet: NotSet[] = fromEnvironment.check()
export const lines: string[] = fromEnvironment.check().map(({ option, variable }) => `${variable}: ${option}`)
createAuth({ ...options, secret: env.SECRET, origin: { trustedHosts: [env.HOST, 'app.example'] } })
createAuth(() => ({ ...options, origin: env.APP_ORIGIN }))

// @ts-expect-error a function that gives no options
createAuth(() => env.APP_ORIGIN)
// @ts-expect-error one of two
createAuth({ supabase: { url: '', key: '', flows: 'all' } })
// @ts-expect-error a callback is one path
createAuth({ providers: { bitbucket: { clientId: 'id', callback: ['/a', '/b'] } } })
// @ts-expect-error a client_id has to be named, be it set or not
createAuth({ providers: { bitbucket: { clientSecret: env.SECRET } } })
// @ts-expect-error `clientID` is no option
createAuth({ providers: { bitbucket: { clientID: 'id' } } })
// @ts-expect-error the mode of an answer is one of two
createAuth({ providers: { bitbucket: { clientId: 'id', responseMode: 'fragment' } } })

// The entries without WebAssembly have all types of the others.
const verify = async ({ alg, jwk, spki, signatureDer, data }: plain.UnverifiedSignature): Promise<boolean> =>
  alg === 'ES256' && jwk.kty === 'EC' && spki.length + (signatureDer?.length ?? 0) + data.length > 0
const plainOptions: plain.Options = { ...options, verify }
export const plainAuth: plain.Auth = plain.createAuth(plainOptions)
const plainPage: plainBrowser.BrowserOptions = { providers: { work: { clientId: 'id' } }, verify }
export const inPage: plainBrowser.BrowserAuth = plainBrowser.createBrowserAuth(plainPage)
// @ts-expect-error: a text is no verdict
export const refused: plain.Options = { verify: () => 'yes' }
