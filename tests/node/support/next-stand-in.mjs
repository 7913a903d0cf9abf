// A stand-in for the modules of Next.js that `landfall/next` imports: it is not Next, and knows no rendering. tests/runtimes has Next itself.
import { register } from 'node:module'

/** What the app is asked now, and whether cookies can be set there. */
export const now = { request: new Request('https://app.example/'), isComponent: false, set: [] }
globalThis.nextStandIn = now

const SOURCES = {
  'next/headers': `
    const { nextStandIn: now } = globalThis
    export const headers = async () => now.request.headers
    export const cookies = async () => ({
      set(cookie) {
        if (now.isComponent) throw new Error('Cookies can only be modified in a Server Action or Route Handler.')
        const { name, value, maxAge } = cookie
        now.set.push({ name, value, maxAge })
      },
    })`,
  'next/server': `
    export class NextResponse extends Response {
      static next({ request }) {
        return new NextResponse(null, { headers: { 'x-next': request.url } })
      }
      get cookies() {
        const parse = (line) => {
          const [name, ...value] = line.split(';')[0].split('=')
          return { name, value: value.join('=') }
        }
        return { getAll: () => this.headers.getSetCookie().map(parse) }
      }
    }`,
  'next/navigation': `
    export const redirect = (url) => {
      throw Object.assign(new Error('NEXT_REDIRECT'), { url })
    }`,
}

const toUrl = (source) => `data:text/javascript,${encodeURIComponent(source)}`
const urls = Object.fromEntries(Object.entries(SOURCES).map(([name, source]) => [name, toUrl(source)]))
register(
  toUrl(`
  const urls = ${JSON.stringify(urls)}
  export const resolve = (name, context, next) =>
    name in urls ? { url: urls[name], shortCircuit: true } : next(name, context)`),
)

/** A request as Next's proxy gets it. @param {Request} request */
export const asNextRequest = (request) => {
  const set = []
  return Object.assign(request, {
    cookies: { set: (cookie) => set.push(cookie), names: () => set.map(({ name }) => name) },
  })
}
