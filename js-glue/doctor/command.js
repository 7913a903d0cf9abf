/** The command `landfall doctor <url>`: it finds the usual problems of a sign-in from outside. */
import { checkApp } from './app.js'
import { Findings } from './findings.js'
import { checkProject } from './project.js'

const { process } = /** @type {any} */ (globalThis)

export const HELP = `npx landfall doctor <url> [options]

<url> is the app's address, https://app.example, or a Supabase project's.

  --provider <name>       the provider to sign in with   bitbucket
  --supabase-url <url>    the app's Supabase project     SUPABASE_URL
  --key <key>             its publishable (anon) key     SUPABASE_ANON_KEY
  --sign-in <path>        where a sign-in starts         /auth/sign-in
  --callback <path>       where its callbacks begin      /auth/callback
  --error <path>          its error page                 /auth/auth-code-error
  --json                  only the findings, as JSON

Exit code: 0 if everything is fine, 1 if something is wrong, 2 for a mistake in the command.
`

const DEFAULTS = {
  provider: 'bitbucket',
  'supabase-url': process.env.SUPABASE_URL ?? '',
  key: process.env.SUPABASE_ANON_KEY ?? '',
  'sign-in': '/auth/sign-in',
  callback: '/auth/callback',
  error: '/auth/auth-code-error',
}

/** A mistake in the command: its message is for the person at the terminal. */
class Usage extends Error {}

/**
 * @param {string[]} args
 * @returns {{ url: URL, json: boolean, options: typeof DEFAULTS }}
 */
const parse = (args) => {
  const options = { ...DEFAULTS }
  let url
  let json = false
  for (let i = 0; i < args.length; i++) {
    const arg = /** @type {string} */ (args[i])
    const name = /** @type {keyof typeof DEFAULTS} */ (arg.replace(/^--/, ''))
    if (arg === '--json') json = true
    else if (arg.startsWith('--') && Object.hasOwn(DEFAULTS, name) && args[i + 1] !== undefined)
      options[name] = /** @type {string} */ (args[++i])
    else if (arg.startsWith('-')) throw new Usage(`${arg} is no option, or its value is missing`)
    else if (url) throw new Usage(`give only one address, not also ${arg}`)
    else url = arg
  }
  if (!url) throw new Usage('the address is missing')
  for (const one of [url, options['supabase-url'] || url])
    if (!/^https?:\/\/[^/]/.test(one) || !URL.canParse(one))
      throw new Usage(`${one} is no address: it begins with https:// or http://`)
  for (const name of /** @type {const} */ (['sign-in', 'callback', 'error']))
    if (!options[name].startsWith('/')) throw new Usage(`--${name} is a path: ${options[name]}`)
  return { url: new URL(url), json, options }
}

/** A terminal gets colours and a line about the progress; any other output gets plain lines. */
const makePrinter = () => {
  const { stdout, stderr } = process
  const paint = (/** @type {number} */ code, /** @type {string} */ text) =>
    stdout.isTTY && !process.env.NO_COLOR ? `\x1b[${code}m${text}\x1b[0m` : text
  const marks = { fine: paint(32, '✓'), wrong: paint(31, '✗'), unsure: paint(33, '?') }
  const clear = () => stderr.isTTY && stderr.write('\r\x1b[K')
  return {
    /** @param {string} text */
    progress: (text) => stderr.isTTY && stderr.write(`\r\x1b[K${text} …`),
    /** @param {import('./findings.js').Finding} finding */
    finding({ result, title, detail, fix }) {
      clear()
      const lines = [`${marks[result]} ${title}`, detail && `    ${detail}`, fix && `    → ${fix}`]
      stdout.write(`${lines.filter(Boolean).join('\n')}\n`)
      stderr.isTTY && stderr.write('…')
    },
    done: clear,
  }
}

/**
 * Asks the app, its project, or both.
 * @param {Findings} findings
 * @param {ReturnType<typeof parse>} command
 * @param {(host: string) => unknown} say
 */
const examine = async (findings, { url, options }, say) => {
  const { provider, key, callback, error } = options
  const project = options['supabase-url'] && new URL(options['supabase-url']).origin
  const isProject = url.hostname.endsWith('.supabase.co') || url.origin === project
  if (isProject && !key) throw new Usage('a Supabase project needs its key: set --key or SUPABASE_ANON_KEY')
  if (!isProject) {
    say(url.host)
    await checkApp(findings, { origin: url.origin, signIn: options['sign-in'], callback, error, provider })
  }
  if (isProject || (project && key)) {
    const asked = isProject ? url.origin : project
    say(new URL(asked).host)
    await checkProject(findings, {
      url: asked,
      key,
      provider,
      callback: isProject ? '' : url.origin + callback,
    })
  } else if (project)
    findings.unsure(
      'project',
      `${project} is set up for the app`,
      'The doctor did not ask it: --key or SUPABASE_ANON_KEY is missing.',
    )
}

/**
 * Runs the command.
 * @param {string[]} args behind its name
 * @returns {Promise<number>} the exit code
 * @throws {Usage} for a mistake in the command
 */
export const doctor = async (args) => {
  const command = parse(args)
  const { json } = command
  const printer = makePrinter()
  const findings = new Findings(json ? undefined : printer.finding)
  try {
    await examine(findings, command, (host) => json || printer.progress(`asking ${host}`))
  } catch (cause) {
    if (cause instanceof Usage) throw cause
    findings.wrong(
      'doctor',
      'The doctor understands every answer',
      `${cause}`,
      'This is a defect of the doctor: report it with the server’s response.',
    )
  }
  if (!json) printer.done()
  const count = (/** @type {string} */ wanted) =>
    findings.list.filter(({ result }) => result === wanted).length
  const wrong = count('wrong')
  if (json) process.stdout.write(`${JSON.stringify({ ok: wrong === 0, findings: findings.list }, null, 2)}\n`)
  else {
    const unsure = count('unsure') > 0 ? ` Unsure: ${count('unsure')}.` : ''
    process.stdout.write(`\n${wrong === 0 ? 'Nothing is wrong.' : `Problems: ${wrong}.`}${unsure}\n`)
  }
  return wrong === 0 ? 0 : 1
}
