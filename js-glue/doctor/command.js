/** The command `landfall doctor <url>`: it finds the usual problems of a sign-in from outside. */
import { clean } from '../terminal/clean.js'
import { Usage } from '../terminal/usage.js'
import { isTwin, parseAddress, toPublic } from './address.js'
import { checkApp } from './app.js'
import { parse, readSettings } from './arguments.js'
import { Findings } from './findings.js'
import { checkPackages } from './packages.js'
import { placeApp } from './place.js'
import { checkProject, isAuthServer } from './project.js'
import { checkProvider } from './provider.js'

/** @typedef {import('./sign-in.js').Started} Started */

const { process } = /** @type {any} */ (globalThis)

/** A terminal gets colours and a line about the progress; any other output gets plain lines. */
const makePrinter = () => {
  const { stdout, stderr } = process
  const paint = (/** @type {number} */ code, /** @type {string} */ text) =>
    stdout.isTTY && !process.env.NO_COLOR ? `\x1b[${code}m${text}\x1b[0m` : text
  const marks = { fine: paint(32, '✓'), wrong: paint(31, '✗'), unsure: paint(33, '?') }
  const clear = () => stderr.isTTY && stderr.write('\r\x1b[K')
  return {
    /** @param {string} text */
    progress: (text) => stderr.isTTY && stderr.write(`\r\x1b[K${clean(text)} …`),
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
 * Whether an address is a project's, and no app's: it says so, or it is not known which project the key is for.
 * @param {URL} url
 * @param {string} project
 * @param {string} key
 */
const isProject = async ({ hostname, origin }, project, key) =>
  hostname.endsWith('.supabase.co') ||
  origin === project ||
  (key !== '' && project === '' && (await isAuthServer(origin)))

/**
 * Where the app's sign-ins through Supabase ask to come back to: what the app says, if that is an address of its own.
 * @param {string} callback
 * @param {Started | undefined} started
 */
const findRedirectTo = (callback, started) => {
  const told = started && !started.isDirect ? parseAddress(started.told) : undefined
  const own = new URL(callback)
  const isOwn = told !== undefined && (told.origin === toPublic(own.origin) || isTwin(told, own))
  return isOwn
    ? { redirectTo: told.href.split('#')[0] ?? '', isTold: true }
    : { redirectTo: `${callback}?sb_flow_id=landfall-doctor`, isTold: false }
}

/**
 * Asks the app, its providers, its project, or a project alone.
 * @param {Findings} findings
 * @param {ReturnType<typeof parse>} command
 * @param {(host: string) => unknown} say
 */
const examine = async (findings, { url, options }, say) => {
  const { provider, key, callback, error } = options
  const project = options['supabase-url'] && new URL(options['supabase-url']).origin
  if (await isProject(url, project, key)) {
    if (!key) throw new Usage('a Supabase project needs its key: set --key or SUPABASE_ANON_KEY')
    say(url.host)
    return checkProject(findings, { url: url.origin, key, provider, redirectTo: '', isTold: false })
  }
  const { origin } = url
  const given = { origin, signIn: options['sign-in'], callback, error, provider }
  const settings = readSettings(given, options)
  say(url.host)
  const app = await placeApp(given, url.pathname)
  const started = await checkApp(findings, app)
  if (project && key) {
    say(new URL(project).host)
    const asked = findRedirectTo(app.origin + app.callback, started)
    await checkProject(findings, { url: project, key, provider, ...asked })
  } else if (project)
    findings.unsure(
      'project',
      `${project} is set up for the app`,
      'The doctor did not ask it: --key or SUPABASE_ANON_KEY is missing.',
    )
  // This comes last: the secret goes out here, and no text of a server is shown afterwards.
  if (settings && (settings.issuer || settings.tokenEndpoint || started?.isDirect)) {
    say(provider)
    const scope = started?.isDirect ? (started.endpoint.searchParams.get('scope') ?? '') : 'openid'
    await checkProvider(findings, app, settings, /\bopenid\b/.test(scope), started?.endpoint)
  } else if (started?.isDirect)
    findings.unsure(
      'client',
      `${provider} knows the client`,
      'The doctor did not ask: it has no address of the provider. Use --issuer or --token-endpoint.',
    )
  return undefined
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
    checkPackages(findings)
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
