// What is particular about an example: to startExample, and to the tests.
import { fileURLToPath } from 'node:url'

/** A platform that is not on this machine, and what does its part. */
const host = (name) => ['node', fileURLToPath(new URL(`../hosts/${name}.mjs`, import.meta.url))]

/** Those without a framework's build. */
export const LIGHT = {
  node: {},
  express: {},
  fastify: {},
  hono: {},
  bun: {},
  deno: { start: ['deno', 'task', 'start'] },
  'cloudflare-worker': { env: { CLOUDFLARE_INCLUDE_PROCESS_ENV: 'true' } },
  'vercel-edge': { page: '/api/account', start: host('vercel') },
  'supabase-edge-function': {
    home: '/functions/v1/auth/',
    page: '/functions/v1/auth/account',
    routes: '/functions/v1/auth',
    modules: 'supabase/functions/auth',
    start: host('supabase-functions'),
  },
}

/** Those that a framework builds, and that a server answers. */
export const FRAMEWORKS = {
  next: {},
  sveltekit: {},
  astro: {},
  'react-router': {},
}

/** In these, all of a sign-in happens in the page. */
export const PAGES = { vite: {} }

/** Apps for phones and desktops: no server to start. Tests of their own build and run them. */
export const DEVICES = ['capacitor', 'electron', 'react-native']

export const EXAMPLES = { ...LIGHT, ...FRAMEWORKS, ...PAGES }
