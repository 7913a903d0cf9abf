/** What is left for the person after the files: packages, settings, the provider's page, the check. */
import { EXAMPLE } from './plan.js'
import { originOf } from './settings.js'

/** @typedef {import('./arguments.js').Mode} Mode */
/** @typedef {import('./project.js').Project} Project */
/** @typedef {import('./providers.js').Provider} Provider */

/**
 * A thing to do: a sentence, and lines below it.
 * @typedef {[string, ...string[]]} Item
 */

/**
 * The lines of a text, without the end.
 * @param {string} text
 */
export const toLines = (text) => text.replace(/\n$/, '').split('\n')

/**
 * What to register at a provider that the app speaks to itself.
 * @param {string} origin
 * @returns {(provider: Provider) => Item}
 */
const registerDirect =
  (origin) =>
  ({ name, row }) => {
    const path = `/auth/callback/${name}`
    const home = row.isHttpsOnly ? 'https://<your domain>' : origin
    return [
      `Register the app at ${row.title}. The redirect URI is ${home}${path}`,
      row.isHttpsOnly
        ? `${row.title} takes neither localhost nor http: try it at an address with https.`
        : `In production it is https://<your domain>${path}`,
      ...row.steps,
      `More: ${row.page}`,
    ]
  }

/**
 * What to do in Supabase's dashboard.
 * @param {string} origin
 * @param {Provider[]} providers
 * @returns {Item[]}
 */
const registerSupabase = (origin, providers) => [
  ...providers.map(
    ({ row }) =>
      /** @type {Item} */ ([
        `Supabase dashboard: Authentication → Sign In / Providers → ${row.title}. Switch it on.`,
        'The page shows a callback URL: register this one as redirect URI, and paste the client that you get.',
        ...row.steps,
        `More: ${row.page}`,
      ]),
  ),
  [
    'Supabase dashboard: Authentication → URL Configuration → Redirect URLs. Add both, with ?** at the end:',
    `${origin}/auth/callback?**`,
    'https://<your domain>/auth/callback?**',
  ],
]

/**
 * @param {Project} project
 * @param {Provider} provider
 * @returns {Item}
 */
const check = (project, { name }) =>
  project.framework.isPage
    ? ['Check the Supabase project:', 'npx landfall doctor <its URL> --key <its publishable key>']
    : ['Start the app, and check it:', `npx landfall doctor ${originOf(project)} --provider ${name}`]

/**
 * @param {Project} project
 * @param {Mode} mode
 * @param {Provider[]} providers
 * @param {import('./plan.js').Plan} plan
 * @returns {Item[]}
 */
export const listTodo = (project, mode, providers, { mount, routes }) => {
  const { framework, install, has } = project
  const origin = originOf(project)
  const missing = ['landfall', ...(framework.packages ?? [])].filter((name) => !has(name))
  /** @type {Item[]} */
  const items = missing.length > 0 ? [['Add the package:', `${install} ${missing.join(' ')}`]] : []
  if (mount) items.push([`Add this ${mount.where}:`, ...toLines(mount.text)])
  items.push(...routes.map((sentence) => /** @type {Item} */ ([sentence])))
  items.push([`Put your settings into ${framework.envFile}: ${EXAMPLE} has their names.`])
  items.push(...(framework.notes ?? []).map((note) => /** @type {Item} */ ([note])))
  items.push(
    ...(mode === 'supabase' ? registerSupabase(origin, providers) : providers.map(registerDirect(origin))),
  )
  return [...items, check(project, /** @type {Provider} */ (providers[0]))]
}
