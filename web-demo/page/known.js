/** The providers that Landfall knows by name: what to register, the button, and the code. */
import { codeBlock } from './code-block.js'
import { byId, fill, h } from './dom.js'
import { KNOWN, rowOf } from './known-providers.js'
import { libOf } from './snippets.js'

const show = () => {
  const [name, , button, options] = rowOf(byId('known-provider').value)
  fill(
    'known-parts',
    codeBlock('The redirect URI to register', `https://your.app/auth/callback/${name}\n`),
    codeBlock('lib/auth.js', libOf(name, options.split(','))),
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
