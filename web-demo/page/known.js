/** The providers that Landfall knows by name: what to register, the button, and the code. */
import { codeBlock } from './code-block.js'
import { byId, fill, h } from './dom.js'

/**
 * A row of the table, as the page needs it; the names of its options have a comma between.
 * @typedef {[name: string, title: string, button: string, options: string]} Known
 */

/* global KNOWN_PROVIDERS -- tools/page.mjs writes it in */
/** @type {Known[]} */
const KNOWN = KNOWN_PROVIDERS

/** As `auth.check()` guesses it. @param {string} name @param {string} option */
const variableOf = (name, option) => `${name}_${option.replace(/[A-Z]/g, '_$&')}`.toUpperCase()

/** @param {string} name @param {string} options */
const codeOf = (name, options) => `import { createAuth } from 'landfall'

export const auth = createAuth({
  origin: process.env.APP_ORIGIN, // 'https://app.example'
  secret: process.env.AUTH_SECRET, // openssl rand -base64 32
  providers: {
    ${name}: {
${options
  .split(',')
  .map((option) => `      ${option}: process.env.${variableOf(name, option)},`)
  .join('\n')}
    },
  },
})
`

const show = () => {
  const at = Number(byId('known-provider').selectedIndex)
  const [name, , button, options] = /** @type {Known} */ (KNOWN[at])
  fill(
    'known-parts',
    codeBlock('The redirect URI to register', `https://your.app/auth/callback/${name}\n`),
    codeBlock('lib/auth.js', codeOf(name, options)),
    codeBlock('A page', `<a href="/auth/sign-in?provider=${name}">${button}</a>\n`),
  )
}

export const startKnown = () => {
  const select = byId('known-provider')
  select.append(...KNOWN.map(([name, title]) => h('option', { value: name }, title)))
  select.value = 'github'
  select.addEventListener('change', show)
  show()
}
