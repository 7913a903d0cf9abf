/** The frameworks that init knows: where each has its files, and what is special about it. */

/**
 * A file to write. The template and the path are JavaScript's; a TypeScript project gets those of TypeScript.
 * @typedef {object} Planned
 * @property {string} template in the folder templates; MODE stands for the mode
 * @property {string} path below the project's source folder
 */

/**
 * @typedef {object} Framework
 * @property {string} name
 * @property {string} package the one that tells it; empty for none
 * @property {number} since the first major version that the files are for
 * @property {number} port where its server for development listens
 * @property {string} envFile where the person's own settings are
 * @property {(name: string) => string} env how a file reads an environment variable
 * @property {string[]} prefixes what the names of Supabase's variables may begin with; the first is for new ones
 * @property {string} [publicPrefix] one that another template reads, because the framework keeps public names apart
 * @property {string} importEnd how the name of a module ends where it is imported
 * @property {boolean} [hasAliases] whether it follows `paths` of tsconfig.json by itself
 * @property {string[]} sources the folders of the source, as the framework looks for them; empty for the project itself
 * @property {string} [needs] a folder that the source has; without it, the framework has no place for the files
 * @property {string} [needsWhy] what to do without it
 * @property {Planned[]} files the first one is the module that makes `auth`
 * @property {boolean} [isCommonJs] whether its JavaScript runs as it is, so that it may be CommonJS
 * @property {string} [mount] the template of the lines that a person adds by hand
 * @property {string} [mountWhere] where they go
 * @property {string} [mountedBy] a package with which these lines are not needed
 * @property {{ folder: string, file: RegExp, isFirst: boolean }} [routes] the files that make routes, below the source
 * @property {boolean} [isPage] whether there is no server, so that only Supabase can sign in
 * @property {string[]} [packages] what the files need beside landfall
 * @property {string[]} [notes] what else to do, for the person
 */

const processEnv = (/** @type {string} */ name) => `process.env.${name}`
const member = (/** @type {string} */ name) => `env.${name}`

/** What all versions of SvelteKit share. */
const SVELTEKIT = {
  name: 'SvelteKit',
  package: '@sveltejs/kit',
  port: 5173,
  envFile: '.env',
  env: member,
  prefixes: ['', 'PUBLIC_'],
  publicPrefix: 'PUBLIC_',
  importEnd: '',
  sources: ['src/'],
  routes: { folder: 'routes', file: /\/\+(?:server|page|page\.server)\.\w+$/, isFirst: false },
}
const SIGN_IN_SVELTE = { template: 'sveltekit/SignIn.svelte', path: 'lib/SignIn.svelte' }

/** What all versions of React Router share. */
const REACT_ROUTER = {
  name: 'React Router',
  package: '@react-router/dev',
  port: 5173,
  envFile: '.env',
  env: processEnv,
  prefixes: [''],
  importEnd: '',
  sources: ['app/'],
  mount: 'react-router/mount.js',
  mountWhere: 'in app/routes.ts, to the list',
  mountedBy: '@react-router/fs-routes',
}
const reactRouterFiles = (/** @type {string} */ route) => [
  { template: 'process-env/auth-MODE.js', path: 'lib/auth.server.js' },
  { template: route, path: 'routes/auth.$.js' },
  { template: 'react/sign-in.jsx', path: 'components/sign-in.jsx' },
]

/** What servers that the app starts itself share. */
const SERVER = {
  port: 3000,
  envFile: '.env',
  env: processEnv,
  prefixes: [''],
  importEnd: '.js',
  sources: ['src/', ''],
  isCommonJs: true,
  files: [
    { template: 'process-env/auth-MODE.js', path: 'lib/auth.js' },
    { template: 'html/sign-in.js', path: 'lib/sign-in.js' },
  ],
  notes: ['Node reads .env only if you ask it to: node --env-file=.env <your program>'],
}
const BEFORE_ROUTES = 'where your app is made, before its own routes'

/**
 * In order: an app with a package of the first is of the first. Of two rows with one package, the newer stands first.
 * @type {Framework[]}
 */
export const FRAMEWORKS = [
  {
    name: 'Next.js',
    package: 'next',
    since: 14,
    port: 3000,
    envFile: '.env.local',
    env: processEnv,
    prefixes: ['', 'NEXT_PUBLIC_'],
    importEnd: '',
    hasAliases: true,
    sources: ['', 'src/'],
    needs: 'app',
    needsWhy:
      'Landfall’s routes are Route Handlers of the App Router. It works beside the Pages Router: ' +
      'make a folder named app next to pages, and run this again',
    files: [
      { template: 'process-env/auth-MODE.js', path: 'lib/auth.js' },
      { template: 'next/route.js', path: 'app/auth/[...landfall]/route.js' },
      { template: 'react/sign-in.jsx', path: 'components/sign-in.jsx' },
    ],
    routes: { folder: 'app', file: /\/(?:route|page)\.\w+$/, isFirst: true },
  },
  {
    ...SVELTEKIT,
    since: 3,
    files: [
      { template: 'sveltekit-3/auth-MODE.js', path: 'lib/server/auth.js' },
      { template: 'sveltekit-3/env.js', path: 'env.js' },
      { template: 'sveltekit/hooks.js', path: 'hooks.server.js' },
      SIGN_IN_SVELTE,
    ],
    notes: [
      'Set paths.origin in vite.config to the app’s address: SvelteKit refuses forms of another origin.',
    ],
  },
  {
    ...SVELTEKIT,
    since: 2,
    files: [
      { template: 'sveltekit-2/auth-MODE.js', path: 'lib/server/auth.js' },
      { template: 'sveltekit/hooks.js', path: 'hooks.server.js' },
      SIGN_IN_SVELTE,
    ],
    notes: ['With adapter-node, set ORIGIN to the app’s address: SvelteKit refuses forms of another origin.'],
  },
  {
    name: 'Astro',
    package: 'astro',
    since: 5,
    port: 4321,
    envFile: '.env',
    env: (name) => `getSecret('${name}')`,
    prefixes: ['', 'PUBLIC_'],
    importEnd: '',
    hasAliases: true,
    sources: ['src/'],
    files: [
      { template: 'astro/auth-MODE.js', path: 'lib/auth.js' },
      { template: 'astro/route.js', path: 'pages/auth/[...landfall].js' },
      { template: 'astro/SignIn.astro', path: 'components/SignIn.astro' },
    ],
    routes: { folder: 'pages', file: /(?:\/index)?\.(?:astro|[jt]s|mdx?|html)$/, isFirst: true },
    notes: ['Routes need a server: without an adapter in astro.config, run npx astro add node'],
  },
  { ...REACT_ROUTER, since: 8, files: reactRouterFiles('react-router/route.js') },
  {
    ...REACT_ROUTER,
    since: 7,
    files: reactRouterFiles('react-router-7/route.js'),
    notes: [
      'React Router drops the bare # of a loader’s redirect. With future.v8_middleware (7.9 or later), ' +
        'export middleware = [auth.handle] from the route too: the # then stays.',
    ],
  },
  {
    ...SERVER,
    name: 'Express',
    package: 'express',
    since: 4,
    mount: 'express/mount.js',
    mountWhere: BEFORE_ROUTES,
  },
  { ...SERVER, name: 'Hono', package: 'hono', since: 4, mount: 'hono/mount.js', mountWhere: BEFORE_ROUTES },
  {
    name: 'Vite (a page without a server)',
    package: 'vite',
    since: 5,
    port: 5173,
    envFile: '.env.local',
    env: (name) => `import.meta.env.${name}`,
    prefixes: ['VITE_'],
    importEnd: '',
    sources: ['src/', ''],
    isPage: true,
    files: [
      { template: 'vite/auth-MODE.js', path: 'auth.js' },
      { template: 'vite/sign-in.js', path: 'sign-in.js' },
    ],
    mount: 'vite/mount.js',
    mountWhere: 'where your page begins, for each page that a sign-in comes back to',
    packages: ['@supabase/supabase-js'],
  },
  {
    ...SERVER,
    name: 'Node without a framework',
    package: '',
    since: 0,
    mount: 'node/mount.js',
    mountWhere: 'in place of your createServer',
  },
]
