// What the code of the documents takes as given: the reader's own.
declare const auth: import('landfall').Auth
declare const request: Request
declare const response: Response
declare const session: import('landfall').SignedInSession<{ role: string }>
declare const renderAccount: (
  session: import('landfall').SignedInSession | undefined,
  setCookie: string[] | undefined,
) => Response
declare const account: { id: string; role: string }
declare const store: {
  once(key: string, make: () => Promise<string>, limits: { seconds: number }): Promise<string>
}
declare function linkAccounts(mine: object, other: object): Promise<void>
declare const findOrCreateAccount: (
  provider: string | null,
  sub: string | null,
) => Promise<{ id: string; role: string }>
declare const makeSessionCookie: (session: import('landfall').Session) => Promise<string>
declare const readSessionCookie: (request: Request) => Promise<{ access_token: string } | null>
declare const saveProviderToken: (user: string, token: string | undefined) => Promise<void>
/** In a service worker. */
declare function addEventListener(
  type: 'fetch',
  listener: (event: { request: Request; respondWith(response: Promise<Response>): void }) => void,
): void
/** The variables that supabase-js needs: it takes no missing value, and `createAuth` does. */
declare namespace NodeJS {
  interface ProcessEnv {
    SUPABASE_URL: string
    SUPABASE_INNER_URL: string
    SUPABASE_ANON_KEY: string
  }
}
