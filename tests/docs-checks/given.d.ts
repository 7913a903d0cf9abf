// What the code of the documents takes as given: the reader's own.
declare const auth: import('landfall').Auth
declare const request: Request
declare const response: Response
declare const makeSessionCookie: (session: import('landfall').Session) => Promise<string>
declare const readSessionCookie: (request: Request) => Promise<{ access_token: string } | null>
declare const saveProviderToken: (user: string, token: string) => Promise<void>
/** In a service worker. */
declare function addEventListener(
  type: 'fetch',
  listener: (event: { request: Request; respondWith(response: Promise<Response>): void }) => void,
): void
