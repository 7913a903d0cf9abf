/** The code to paste into an app, for one's own project. */

/**
 * What the form says: a Supabase project or an OpenID provider.
 * @typedef {{ kind: 'supabase', url: string, key: string } | { kind: 'openid', url: string, key: string }} Project
 */

/** A string of JavaScript. @param {string} text */
const quote = (text) => `'${text.replace(/['\\]/g, '\\$&')}'`

/** How an app reads a setting of its environment. @typedef {(name: string) => string} Read */

/** @type {Read} */
const fromProcess = (name) => `process.env.${name}`

/** The settings that an app needs beside what is in the form. @param {Project} project */
const settingsOf = ({ kind }) =>
  kind === 'supabase' ? ['APP_ORIGIN'] : ['APP_ORIGIN', 'AUTH_SECRET', 'WORK_CLIENT_SECRET']

/** The options of direct providers. @param {Read} read @param {string} name @param {string[]} settings of that provider */
const directly = (read, name, settings) => `secret: ${read('AUTH_SECRET')}, // openssl rand -base64 32
  providers: {
    ${name}: {
      ${settings.join(',\n      ')},
    },
  },
  session: true, // who signed in: auth.getSession(request).session?.user`

/** @param {Project} project @param {Read} read */
const optionsOf = ({ kind, url, key }, read) =>
  kind === 'supabase'
    ? `supabase: {
    url: ${quote(url)},
    key: ${quote(key)},
  },`
    : directly(read, 'work', [
        `issuer: ${quote(url)}`,
        `clientId: ${quote(key)}`,
        `clientSecret: ${read('WORK_CLIENT_SECRET')}`,
        "scopes: ['openid', 'email']",
      ])

/** @param {Read} read @param {string} options */
const code = (read, options) => `import { createAuth } from 'landfall'

export const auth = createAuth({
  origin: ${read('APP_ORIGIN')}, // 'https://app.example'
  ${options}
})
`

/** @param {Project} project */
const lib = (project, read = fromProcess) => code(read, optionsOf(project, read))

/** The same for a provider by its name. @param {string} name @param {string[]} options */
export const libOf = (name, options) =>
  code(
    fromProcess,
    directly(
      fromProcess,
      name,
      // As `auth.check()` guesses it.
      options.map((one) => `${one}: ${fromProcess(`${name}_${one.replace(/[A-Z]/g, '_$&')}`.toUpperCase())}`),
    ),
  )

/** A file of an app. @typedef {[path: string, code: string]} File */

/** By framework: its files. @type {Record<string, (project: Project) => File[]>} */
export const SNIPPETS = {
  'Next.js': (project) => [
    ['lib/auth.js', lib(project)],
    [
      // A direct provider comes back to /auth/callback/<name>.
      `app/auth/callback/${project.kind === 'supabase' ? '' : '[[...provider]]/'}route.js`,
      "import { auth } from '@/lib/auth'\n\nexport const GET = auth.callback\n",
    ],
    ['app/auth/sign-in/route.js', "import { auth } from '@/lib/auth'\n\nexport const GET = auth.signIn\n"],
    ['app/auth/sign-out/route.js', "import { auth } from '@/lib/auth'\n\nexport const POST = auth.signOut\n"],
    [
      'app/auth/auth-code-error/route.js',
      "import { auth } from '@/lib/auth'\n\nexport const GET = auth.error\n",
    ],
  ],
  SvelteKit: (project) => {
    const names = settingsOf(project)
    const variables = names.map((name) => `${name}: { schema }`).join(', ')
    return [
      [
        'src/env.ts',
        `import { defineEnvVars } from '@sveltejs/kit/env'\n\n// Any value, and none: without it, a variable that is not set breaks the build.\nconst schema = (value) => value\n\nexport const variables = defineEnvVars({ ${variables} })\n`,
      ],
      [
        'src/hooks.server.js',
        `import { ${names.join(', ')} } from '$app/env/private'\n${lib(project, (name) => name)}
export const handle = ({ event, resolve }) => auth.handle(event) ?? resolve(event)\n`,
      ],
    ]
  },
  Astro: (project) => [
    [
      'src/middleware.js',
      `import { getSecret } from 'astro:env/server'\n${lib(project, (name) => `getSecret('${name}')`)}
export const onRequest = (context, next) => auth.handle(context) ?? next()\n`,
    ],
  ],
  'React Router': (project) => [
    ['app/auth.server.js', lib(project)],
    [
      'app/routes.ts',
      `import { route } from '@react-router/dev/routes'

export default [
  // … and your other routes
  route('auth/*', 'routes/auth.js'),
]\n`,
    ],
    [
      'app/routes/auth.js',
      `import { auth } from '../auth.server.js'

// React Router 7 needs future.v8_middleware
export const middleware = [auth.handle]
export const loader = () => new Response('Not found', { status: 404 })
export { loader as action }\n`,
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
      `import { env } from 'cloudflare:workers'\n${lib(project, (name) => `env.${name}`)}
export default {
  fetch: (request) => auth.handle(request) ?? new Response('Not found', { status: 404 }),
}\n`,
    ],
  ],
}

/** What to put into a page. @param {Project} project */
export const button = ({ kind }) =>
  `<a href="/auth/sign-in?provider=${kind === 'supabase' ? 'bitbucket' : 'work'}&next=/welcome">Sign in</a>\n`
