// An app as a framework's own program makes it, with the files of `npx landfall init`: installed, built, started.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startChild } from '../../../stand-ins/child.mjs'
import { findPort } from '../../../stand-ins/port.mjs'
import { installPacked, root } from '../../package/packed.mjs'
import { baseEnv, run } from './example.mjs'

const QUIETLY = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund']
const NEXT_FLAGS = [
  '--ts',
  '--app',
  '--src-dir',
  '--no-eslint',
  '--no-tailwind',
  '--no-turbopack',
  '--use-npm',
]

/** The layout of create-next-app fetches fonts at each build, and only npm's registry is asked here. */
const LAYOUT = `import type { ReactNode } from 'react'

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
`

const NEXT_CHECK = [
  ['next', 'typegen'],
  ['tsc', '--noEmit'],
]

/** @param {string} version @param {string[][]} [check] */
const nextApp = (version, check = NEXT_CHECK) => ({
  create: [
    `create-next-app@${version}`,
    'app',
    ...NEXT_FLAGS,
    '--import-alias',
    '@/*',
    '--skip-install',
    '--disable-git',
    '--yes',
  ],
  files: { 'src/app/layout.tsx': LAYOUT },
  build: ['next', 'build'],
  check,
  start: (port) => ['next', 'start', '-H', '127.0.0.1', '-p', port],
})

/** The lines of a server that a person mounts by hand: what init prints, put into an app. */
const SERVER = {
  express: (mount) => `import express from 'express'
const app = express()
${mount}
app.get('/', (_request, response) => response.send('home'))
app.listen(Number(process.env.PORT), '127.0.0.1')
`,
  hono: (mount) => `import { serve } from '@hono/node-server'
import { Hono } from 'hono'
const app = new Hono()
${mount}
app.get('/', (c) => c.text('home'))
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT) })
`,
}

/** @param {keyof typeof SERVER} name @param {Record<string, string>} dependencies */
const server = (name, dependencies) => ({
  files: { 'package.json': JSON.stringify({ name: 'app', private: true, type: 'module', dependencies }) },
  mount: ['server.js', SERVER[name]],
  check: [],
  start: () => ['node', 'server.js'],
})

const ROUTES = (mount) => `import { index, type RouteConfig, route } from '@react-router/dev/routes'

export default [index('routes/home.tsx'), ${mount}] satisfies RouteConfig
`
/** Examples without their sign-in: for frameworks whose own program makes another version, or asks questions. */
const EXAMPLES = {
  'SvelteKit 3': {
    copy: ['sveltekit', 'src/env.ts', 'src/lib', 'src/hooks.server.ts', 'src/app.d.ts', 'src/routes/account'],
    build: ['vite', 'build'],
    check: [
      ['svelte-kit', 'sync'],
      ['tsc', '--noEmit'],
    ],
    start: (port) => ['vite', 'preview', '--host', '127.0.0.1', '--port', port, '--strictPort'],
  },
  'React Router': {
    copy: ['react-router', 'app/lib', 'app/routes.ts', 'app/routes/account.tsx', 'app/routes/auth.tsx'],
    mount: ['app/routes.ts', ROUTES],
    build: ['react-router', 'build'],
    check: [['tsc', '--noEmit']],
    start: () => ['react-router-serve', 'build/server/index.js'],
  },
  Astro: {
    copy: ['astro', 'src/lib', 'src/pages/auth', 'src/pages/account.astro'],
    build: ['astro', 'build'],
    check: [],
    start: () => ['node', 'dist/server/entry.mjs'],
  },
}

/** A page that says who is signed in, with the lines that init prints. */
const PAGE = (mount) => `import { supabase } from './auth'
import { signIn, signOut } from './sign-in'
${mount}
const { data } = await supabase.auth.getSession()
const email = data.session?.user.email
const button = document.createElement('button')
button.textContent = email ? 'Sign out' : 'Sign in'
button.onclick = async () => {
  if (!email) return signIn('bitbucket')
  await signOut()
  location.reload()
}
document.body.append(email ?? 'nobody', button)
`

/** The apps, and the programs of theirs that build, check and start them. */
export const APPS = {
  'Next.js 16': nextApp('16'),
  'Next.js 15': nextApp('15'),
  'Next.js 14': nextApp('14', [['tsc', '--noEmit']]),
  'SvelteKit 2': {
    create: ['sv', 'create', 'app', '--template', 'minimal', '--types', 'ts', '--no-add-ons', '--no-install'],
    build: ['vite', 'build'],
    check: [
      ['svelte-kit', 'sync'],
      ['svelte-check', '--fail-on-warnings'],
    ],
    start: (port) => ['vite', 'preview', '--host', '127.0.0.1', '--port', port, '--strictPort'],
  },
  ...EXAMPLES,
  'Vite, a page': {
    isPage: true,
    create: ['create-vite@latest', 'app', '--template', 'vanilla-ts', '--no-interactive'],
    packages: ['@supabase/supabase-js@2.119.1'],
    mount: ['src/main.ts', PAGE],
    build: ['vite', 'build'],
    check: [['tsc', '--noEmit']],
    prefix: 'VITE_',
    start: (port) => ['vite', '--host', '127.0.0.1', '--port', port, '--strictPort'],
  },
  Express: server('express', { express: '^5.3.0' }),
  Hono: server('hono', { hono: '^4.13.0', '@hono/node-server': '^2.1.0' }),
}

/** What init tells the person to add: the indented lines below its sentence. @param {string} said */
const readMount = (said) =>
  /^\d+\. Add this .*:\n((?: {4}.*\n|\n)+)/m.exec(said)?.[1].replaceAll(/^ {4}/gm, '') ?? ''

/**
 * @param {keyof typeof APPS} name
 * @returns {Promise<{ isPage: boolean, init(...args: string[]): Promise<string>, build(): Promise<unknown>, check(): Promise<void>,
 *   remove(): void, start(env: Record<string, string>): Promise<{ origin: string, stop(): Promise<void> }> }>}
 */
export async function makeInitApp(name) {
  const app = APPS[name]
  const place = mkdtempSync(join(tmpdir(), 'landfall-init-app-'))
  const remove = () => rmSync(place, { recursive: true, force: true })
  const folder = join(place, 'app')
  try {
    if (app.create) await run('npx', ['--yes', '--prefer-offline', ...app.create], place)
    if (app.copy) {
      const [name, ...without] = app.copy
      cpSync(join(root, 'examples', name), folder, {
        recursive: true,
        filter: (file) => !/node_modules|\.env$/.test(file),
      })
      for (const path of without) rmSync(join(folder, path), { recursive: true })
    }
    for (const [path, text] of Object.entries(app.files ?? {})) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const packed = await installPacked()
    cpSync(packed.tarball, join(place, 'landfall.tgz'))
    packed.remove()
    await run('npm', ['install', ...QUIETLY, join(place, 'landfall.tgz'), ...(app.packages ?? [])], folder)
  } catch (error) {
    remove()
    throw error
  }
  const tool = ([command, ...args], env) =>
    run(command === 'node' ? command : join(folder, 'node_modules/.bin', command), args, folder, env)
  const { isPage = false, prefix = '' } = app
  const prefixed = (env) =>
    Object.fromEntries(Object.entries(env).map(([name, value]) => [prefix + name, value]))
  return {
    isPage,
    remove,
    async init(...args) {
      const said = await tool(['landfall', 'init', '--yes', ...args])
      if (app.mount) writeFileSync(join(folder, app.mount[0]), app.mount[1](readMount(said)))
      return said
    },
    build: async () => app.build && tool(app.build),
    async check() {
      for (const command of app.check) await tool(command)
    },
    /** Puts another file in the place of one that init wrote, as a person does who changes their mind. */
    forget: (said) => {
      for (const [, path] of said.matchAll(/^Written: (.*)$/gm)) rmSync(join(folder, path))
    },
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    async start(env) {
      const port = String(await findPort())
      const origin = `http://127.0.0.1:${port}`
      const [command, ...args] = app.start(port)
      const child = await startChild(
        command === 'node' ? command : join(folder, 'node_modules/.bin', command),
        args,
        {
          cwd: folder,
          env: { ...baseEnv, ...prefixed(env), APP_ORIGIN: origin, HOST: '127.0.0.1', PORT: port },
          ready: () => fetch(origin).then(Boolean, () => false),
        },
      )
      return { origin, stop: child.stop }
    },
  }
}
