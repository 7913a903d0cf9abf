// What an app writes; tests/package compiles it against the installed package. It is never run.
import {
  type AuthEvent,
  checkNext,
  createAuth,
  ERRORS,
  LandfallError,
  type Options,
  type Session,
} from 'landfall'

const options: Options = {
  providers: {
    bitbucket: { clientId: 'id', clientSecret: 'secret' },
    work: {
      issuer: 'https://id.example',
      clientId: 'id',
      scopes: ['openid', 'email'],
      responseMode: 'form_post',
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
export const target: string | null = checkNext(new URL('https://app.example').searchParams.get('next'))
export const isOurs = (error: unknown): boolean =>
  error instanceof LandfallError && error.code === 'config_invalid'

// @ts-expect-error `clientID` is no option
createAuth({ providers: { bitbucket: { clientID: 'id' } } })
// @ts-expect-error the mode of an answer is one of two
createAuth({ providers: { bitbucket: { clientId: 'id', responseMode: 'fragment' } } })
