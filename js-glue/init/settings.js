/** The environment variables of an app: those of .env.example, by the names that the project has for them. */

/** @typedef {import('./arguments.js').Mode} Mode */
/** @typedef {import('./project.js').Project} Project */
/** @typedef {import('./providers.js').Provider} Provider */

/**
 * @typedef {object} Setting
 * @property {string} name
 * @property {string} value for .env.example
 * @property {string} [about] a sentence before it
 * @property {boolean} [isPublic] whether pages may read it, where the framework keeps that apart
 */

/**
 * @typedef {object} Settings
 * @property {Setting[]} list
 * @property {string} url the variable of the Supabase project's URL
 * @property {string} key the variable of its publishable key
 * @property {boolean} isPublic whether the framework keeps these two apart from the others
 */

/** What Supabase's guides call the publishable key. */
const KEYS = ['SUPABASE_ANON_KEY', 'SUPABASE_PUBLISHABLE_KEY', 'SUPABASE_PUBLISHABLE_DEFAULT_KEY']

/**
 * The address of the app while somebody develops it.
 * @param {Project} project
 */
export const originOf = ({ framework }) => `http://localhost:${framework.port}`

/**
 * @param {Project} project
 * @param {Mode} mode
 * @param {Provider[]} providers
 * @returns {Settings}
 */
export const listSettings = (project, mode, providers) => {
  const { framework, variables } = project
  const found = framework.prefixes.find((one) => variables.has(`${one}SUPABASE_URL`))
  const prefix = found ?? framework.prefixes[0] ?? ''
  const url = `${prefix}SUPABASE_URL`
  const key = KEYS.map((one) => prefix + one).find((one) => variables.has(one)) ?? prefix + KEYS[0]
  const isPublic = mode === 'supabase' && prefix === framework.publicPrefix
  const origin = {
    name: 'APP_ORIGIN',
    value: originOf(project),
    about: 'the address at which people open the app',
  }
  const supabase = [
    {
      name: url,
      value: 'https://your-project.supabase.co',
      about: 'Project Settings > API keys; the publishable key is enough',
      isPublic,
    },
    { name: key, value: 'your-publishable-key', isPublic },
  ]
  const direct = [
    { name: 'AUTH_SECRET', value: '', about: 'the output of: openssl rand -base64 32' },
    ...providers.flatMap(({ row, variables: names }) =>
      names.map((name, at) => ({ name, value: '', ...(at === 0 && { about: `the app at ${row.title}` }) })),
    ),
  ]
  return {
    list: [...(framework.isPage ? [] : [origin]), ...(mode === 'supabase' ? supabase : direct)],
    url,
    key,
    isPublic,
  }
}
