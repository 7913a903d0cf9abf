/** The code to paste into an app, for one's own project. */

/**
 * What the form says: a Supabase project or an OpenID provider.
 * @typedef {{ kind: 'supabase', url: string, key: string } | { kind: 'openid', url: string, key: string }} Project
 */

/** A string of JavaScript. @param {string} text */
const quote = (text) => `'${text.replace(/['\\]/g, '\\$&')}'`

/** @param {Project} project @param {string} environment how this framework reads its settings, `process.env` */
const options = ({ kind, url, key }, environment) =>
  kind === 'supabase'
    ? `createAuth({
  origin: ${environment}.APP_ORIGIN, // 'https://app.example'
  supabase: {
    url: ${quote(url)},
    key: ${quote(key)},
  },
})`
    : `createAuth({
  origin: ${environment}.APP_ORIGIN, // 'https://app.example'
  secret: ${environment}.AUTH_SECRET, // 32 random bytes
  providers: {
    work: {
      issuer: ${quote(url)},
      clientId: ${quote(key)},
      clientSecret: ${environment}.CLIENT_SECRET,
      scopes: ['openid', 'email'],
    },
  },
  onSession: async (session) => {
    // Your own session: its cookie goes along with the redirect.
    return { headers: { 'set-cookie': await makeSessionCookie(session) } }
  },
})`

/** @param {Project} project */
const lib = (project, environment = 'process.env') => `import { createAuth } from 'landfall'

export const auth = ${options(project, environment)}
`

/** A file of an app. @typedef {[path: string, code: string]} File */

/** By framework: its files. @type {Record<string, (project: Project) => File[]>} */
export const SNIPPETS = {
  'Next.js': (project) => [
    ['lib/auth.js', lib(project)],
    ['app/auth/callback/route.js', "import { auth } from '@/lib/auth'\n\nexport const GET = auth.callback\n"],
    ['app/auth/sign-in/route.js', "import { auth } from '@/lib/auth'\n\nexport const GET = auth.signIn\n"],
    ['app/auth/sign-out/route.js', "import { auth } from '@/lib/auth'\n\nexport const POST = auth.signOut\n"],
    [
      'app/auth/auth-code-error/route.js',
      "import { auth } from '@/lib/auth'\n\nexport const GET = auth.error\n",
    ],
  ],
  SvelteKit: (project) => [
    [
      'src/hooks.server.js',
      `import { env } from '$env/dynamic/private'\n${lib(project, 'env')}
export const handle = ({ event, resolve }) => auth.handle(event) ?? resolve(event)\n`,
    ],
  ],
  Astro: (project) => [
    [
      'src/middleware.js',
      `${lib(project, 'import.meta.env')}
export const onRequest = (context, next) => auth.handle(context) ?? next()\n`,
    ],
  ],
  'React Router': (project) => [
    ['app/auth.server.js', lib(project)],
    [
      'app/routes/auth.$.js',
      "import { auth } from '../auth.server.js'\n\nexport const loader = (args) => auth.handle(args)\nexport const action = (args) => auth.handle(args)\n",
    ],
  ],
  Express: (project) => [
    [
      'app.js',
      `import express from 'express'
import { toNodeHandler } from 'landfall/node'
${lib(project)}
const app = express()
app.use(toNodeHandler(auth))
app.listen(3000)\n`,
    ],
  ],
  Worker: (project) => [
    [
      'src/index.js',
      `import { env } from 'cloudflare:workers'\n${lib(project, 'env')}
export default {
  fetch: (request) => auth.handle(request) ?? new Response('Not found', { status: 404 }),
}\n`,
    ],
  ],
}

/** What to put into a page. @param {Project} project */
export const button = ({ kind }) =>
  `<a href="/auth/sign-in?provider=${kind === 'supabase' ? 'bitbucket' : 'work'}&next=/welcome">Sign in</a>\n`
