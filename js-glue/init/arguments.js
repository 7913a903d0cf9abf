/** What a person gives to `landfall init`. */
import { Usage } from '../terminal/usage.js'

export const HELP = `npx landfall init [folder] [options]

Adds sign-in to the app in the folder: it shows the files, asks, and writes those that are not there.

  --provider <name>  the provider to sign in with; repeat it for more   bitbucket
  --supabase         sign in through Supabase Auth                      with a package of Supabase in package.json
  --direct           speak to the providers without Supabase            without one
  --dry-run          only show the files
  --yes              write without asking

Exit code: 0 if it is done, 1 if the files are not written, 2 for a mistake in the command.
`

/** @typedef {'supabase' | 'direct'} Mode */

/**
 * @typedef {object} Command
 * @property {string} folder
 * @property {string[]} providers as the person names them; at least one
 * @property {Mode | undefined} mode undefined where the project decides
 * @property {boolean} isDryRun
 * @property {boolean} isYes
 */

/**
 * @param {string[]} args
 * @returns {Command}
 * @throws {Usage}
 */
export const parse = (args) => {
  /** @type {string[]} */
  const providers = []
  /** @type {string[]} */
  const folders = []
  const flags = new Set()
  for (let i = 0; i < args.length; i++) {
    const arg = /** @type {string} */ (args[i])
    if (['--supabase', '--direct', '--dry-run', '--yes'].includes(arg)) flags.add(arg)
    else if (arg === '--provider' && args[i + 1] !== undefined)
      providers.push(/** @type {string} */ (args[++i]))
    else if (arg.startsWith('-')) throw new Usage(`${arg} is no option, or its value is missing`)
    else folders.push(arg)
  }
  const [folder = '.', second] = folders
  if (second !== undefined) throw new Usage(`give only one folder, not also ${second}`)
  if (folder === '') throw new Usage('the folder has no name')
  if (flags.has('--supabase') && flags.has('--direct')) throw new Usage('give --supabase or --direct')
  const mode = flags.has('--supabase') ? 'supabase' : flags.has('--direct') ? 'direct' : undefined
  return {
    folder,
    providers: providers.length > 0 ? providers : ['bitbucket'],
    mode,
    isDryRun: flags.has('--dry-run'),
    isYes: flags.has('--yes'),
  }
}
