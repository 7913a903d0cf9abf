/** "Try it with your project": a real sign-in in this page, and the code to paste. */
import { makeBrowserAuth } from '../../js-glue/browser/auth.js'
import { getModule } from '../../js-glue/module.js'
import { codeBlock } from './code-block.js'
import { byId, fill, h, mask } from './dom.js'
import { button, SNIPPETS } from './snippets.js'

/** Where the form waits while the person is at the provider; the tab forgets it when it is closed. */
const STORE = 'landfall-demo'

/** Where a provider comes back to. */
const HERE = location.origin + location.pathname
const IS_SERVED = location.protocol.startsWith('http')

/** @returns {import('./snippets.js').Project} */
const read = () => ({
  kind: byId('project-kind').value,
  url:
    byId('project-url').value.trim() ||
    (byId('project-kind').value === 'supabase' ? 'https://YOUR-PROJECT.supabase.co' : 'https://id.example'),
  key:
    byId('project-key').value.trim() ||
    (byId('project-kind').value === 'supabase' ? 'YOUR-PUBLISHABLE-KEY' : 'YOUR-CLIENT-ID'),
})

/** @param {import('./snippets.js').Project} project */
const makeAuth = ({ kind, url, key }) =>
  makeBrowserAuth(getModule, {
    ...(kind === 'supabase'
      ? { supabase: { url, key }, paths: { callback: location.pathname } }
      : {
          providers: {
            work: { issuer: url, clientId: key, scopes: ['openid', 'email'], callback: location.pathname },
          },
          secret: 'a page has no secrets: this seals nothing',
        }),
  })

/** @param {boolean} isSupabase */
const noteOf = (isSupabase) => {
  if (!IS_SERVED)
    return 'To sign in here, open this page from a web server, such as http://localhost: no provider comes back to a file.'
  return isSupabase
    ? `Allow ${HERE}?** in the project’s Authentication → URL Configuration → Redirect URLs.`
    : `At the provider, allow ${HERE} as redirect_uri, a client without a secret, and CORS for this page.`
}

/* global INSTALL_COMMAND -- tools/page.mjs writes it in */

const showCode = () => {
  const project = read()
  const isSupabase = project.kind === 'supabase'
  byId('url-label').textContent = isSupabase ? 'Project URL' : 'Issuer'
  byId('key-label').textContent = isSupabase ? 'Publishable (anon) key' : 'Client id'
  byId('provider-field').hidden = !isSupabase
  byId('project-note').textContent = noteOf(isSupabase)
  const files = SNIPPETS[byId('framework').value]?.(project) ?? []
  fill(
    'snippets',
    codeBlock('Terminal', `${INSTALL_COMMAND}\n`),
    ...files.map(([path, code]) => codeBlock(path, code)),
    codeBlock('A page', button(project)),
    h(
      'p.note',
      {},
      isSupabase
        ? 'Allow https://your.app/auth/callback?** in the redirect URLs of the project.'
        : 'Register https://your.app/auth/callback/work at the provider: each provider has its own callback.',
    ),
  )
}

/** @param {string} text @param {boolean} [isWrong] */
const say = (text, isWrong = false) => fill('project-outcome', h(isWrong ? 'p.alarm' : 'p', {}, text))

/** What a server can read and a page cannot: an answer without CORS looks like none at all. */
const UNREADABLE = /_unavailable$|^token_network$/

/** @param {{ code?: string, message: string }} error */
const sayError = ({ code = '', message }) =>
  say(
    `${code && `${code}: `}${message}${UNREADABLE.test(code) ? ' A page can read a provider’s responses only with CORS; a server does not need it.' : ''}`,
    true,
  )

const signIn = async (/** @type {Event} */ event) => {
  event.preventDefault()
  if (!IS_SERVED) return say(noteOf(true), true)
  try {
    const project = read()
    const auth = makeAuth(project)
    await auth.ready()
    sessionStorage.setItem(STORE, JSON.stringify(project))
    const provider = project.kind === 'supabase' ? byId('project-provider').value : 'work'
    const { error } = await auth.signInWithOAuth({
      provider,
      options: { redirectTo: HERE },
    })
    if (error) sayError(error)
  } catch (error) {
    sayError(/** @type {any} */ (error))
  }
}

/** The answer to a sign-in that this page began. */
const finish = async () => {
  const kept = sessionStorage.getItem(STORE)
  if (!kept || !/[?&#](code|error|error_code)=/.test(location.href)) return
  sessionStorage.removeItem(STORE)
  const project = JSON.parse(kept)
  byId('project-kind').value = project.kind
  byId('project-url').value = project.url
  byId('project-key').value = project.key
  byId('project').scrollIntoView()
  const { data, error } = await makeAuth(project).complete()
  if (error) return sayError(error)
  const shown = JSON.stringify(
    data.session,
    (key, value) => (/token$/.test(key) && typeof value === 'string' ? mask(value) : value),
    2,
  )
  const name = data.user?.email ?? data.session?.claims?.email ?? 'somebody'
  fill(
    'project-outcome',
    h('p', {}, 'Signed in as ', h('b', {}, h('bdi', {}, name)), ', with only this page.'),
    h('pre', { tabindex: '0', 'aria-label': 'The session' }, shown),
  )
}

/** Fills the section. */
export const startProject = async () => {
  byId('framework').append(...Object.keys(SNIPPETS).map((name) => h('option', {}, name)))
  for (const id of ['project-kind', 'project-url', 'project-key', 'framework'])
    byId(id).addEventListener('input', showCode)
  byId('project-form').addEventListener('submit', signIn)
  await finish()
  showCode()
}
