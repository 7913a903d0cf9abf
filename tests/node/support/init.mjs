// `npx landfall init` as people run it, in projects that a test writes into a folder of its own.
import { createHash } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CLI, run } from './doctor.mjs'

/** @param {string[]} args */
export const init = (...args) => run(process.execPath, [CLI, 'init', ...args])

/** package.json with packages by version. @param {Record<string, string>} dependencies @param {object} [more] */
export const manifest = (dependencies, more = {}) => JSON.stringify({ name: 'app', dependencies, ...more })

/**
 * A folder with files, removed after the test. @param {import('node:test').TestContext} t
 * @param {Record<string, string>} files by path; a path that ends with a slash is a folder
 */
export const makeProject = (t, files) => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'landfall-init-')))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path.endsWith('/') ? path : dirname(path)), { recursive: true })
    if (!path.endsWith('/')) writeFileSync(join(root, path), text)
  }
  return root
}

/** Every path below a folder. @param {string} root */
export const list = (root) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name).slice(root.length + 1) }))
    .sort((one, other) => (one.path < other.path ? -1 : 1))

/** The files below a folder that are not of these. @param {string} root @param {Record<string, string>} files */
export const listNew = (root, files) =>
  list(root)
    .filter(({ entry, path }) => entry.isFile() && !Object.hasOwn(files, path))
    .map(({ path }) => path)

/** One hash of the names, kinds and contents of a whole folder. @param {string} root */
export const hashTree = (root) => {
  const hash = createHash('sha256')
  for (const { entry, path } of list(root)) {
    const kind = entry.isSymbolicLink() ? readlinkSync(join(root, path)) : entry.isDirectory() ? '/' : '='
    hash.update(`${path}\0${kind}\0`)
    if (entry.isFile()) hash.update(readFileSync(join(root, path)))
  }
  return hash.digest('hex')
}

/** @param {string} version */
const reactRouter = (version) => ({
  files: { 'package.json': manifest({ '@react-router/dev': version, vite: '8' }), 'app/root.jsx': '' },
  js: ['app/components/sign-in.jsx', 'app/lib/auth.server.js', 'app/routes/auth.$.js'],
  ts: ['app/components/sign-in.tsx', 'app/lib/auth.server.ts', 'app/routes/auth.$.ts'],
  port: 5173,
})

/** A skeleton of each framework, and what is written for it. TypeScript's has a tsconfig.json more. */
export const SKELETONS = {
  'Next.js': {
    files: { 'package.json': manifest({ next: '16.4.3' }), 'app/page.jsx': '' },
    js: ['app/auth/[...landfall]/route.js', 'components/sign-in.jsx', 'lib/auth.js'],
    ts: ['app/auth/[...landfall]/route.ts', 'components/sign-in.tsx', 'lib/auth.ts'],
    port: 3000,
  },
  'Next.js 14': {
    files: { 'package.json': manifest({ next: '^14.2.0' }), 'src/app/page.jsx': '' },
    js: ['src/app/auth/[...landfall]/route.js', 'src/components/sign-in.jsx', 'src/lib/auth.js'],
    ts: ['src/app/auth/[...landfall]/route.ts', 'src/components/sign-in.tsx', 'src/lib/auth.ts'],
    port: 3000,
  },
  'SvelteKit 2': {
    files: { 'package.json': manifest({ '@sveltejs/kit': '^2.63.0', vite: '^8.0.0' }), 'src/app.html': '' },
    js: ['src/hooks.server.js', 'src/lib/SignIn.svelte', 'src/lib/server/auth.js'],
    ts: ['src/hooks.server.ts', 'src/lib/SignIn.svelte', 'src/lib/server/auth.ts'],
    port: 5173,
  },
  'SvelteKit 3': {
    files: { 'package.json': manifest({ '@sveltejs/kit': '^3.2.0', vite: '^8.0.0' }), 'src/app.html': '' },
    js: ['src/env.js', 'src/hooks.server.js', 'src/lib/SignIn.svelte', 'src/lib/server/auth.js'],
    ts: ['src/env.ts', 'src/hooks.server.ts', 'src/lib/SignIn.svelte', 'src/lib/server/auth.ts'],
    port: 5173,
  },
  Astro: {
    files: { 'package.json': manifest({ astro: '^7.3.5' }), 'src/pages/index.astro': '' },
    js: ['src/components/SignIn.astro', 'src/lib/auth.js', 'src/pages/auth/[...landfall].js'],
    ts: ['src/components/SignIn.astro', 'src/lib/auth.ts', 'src/pages/auth/[...landfall].ts'],
    port: 4321,
  },
  'React Router 8': reactRouter('~8.4.0'),
  'React Router 7': reactRouter('^7.18.4'),
  Express: {
    files: { 'package.json': manifest({ express: '^5.3.0' }, { type: 'module' }) },
    js: ['lib/auth.js', 'lib/sign-in.js'],
    ts: ['lib/auth.ts', 'lib/sign-in.ts'],
    port: 3000,
  },
  Hono: {
    files: { 'package.json': manifest({ hono: '^4.13.0' }, { type: 'module' }), 'src/index.js': '' },
    js: ['src/lib/auth.js', 'src/lib/sign-in.js'],
    ts: ['src/lib/auth.ts', 'src/lib/sign-in.ts'],
    port: 3000,
  },
  'Node without a framework': {
    files: { 'package.json': manifest({}) },
    js: ['lib/auth.js', 'lib/sign-in.js'],
    ts: ['lib/auth.ts', 'lib/sign-in.ts'],
    port: 3000,
  },
}
