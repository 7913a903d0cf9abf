// The functions of Next.js that signIn calls. The app has them; its own types check them in the tests.
type Cookie = { name: string; value: string }
declare module 'next/headers' {
  export function headers(): Headers | Promise<Headers>
  type Store = { set(cookie: Cookie): unknown }
  export function cookies(): Store | Promise<Store>
}
declare module 'next/navigation' {
  export function redirect(url: string): never
}
declare module 'next/server' {
  export class NextResponse extends Response {
    static next(init: { request: Request }): NextResponse
    cookies: { getAll(): Cookie[] }
  }
}
