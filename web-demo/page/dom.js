/** The few things that every part of the page does with elements. */

/** @typedef {Node | string | number | false | null | undefined} Child what is not there is left out */

/** @param {Child[]} children */
const shown = (children) =>
  children
    .filter((child) => child || child === 0)
    .map((child) => (child instanceof Node ? child : String(child)))

/**
 * An element. @param {string} name `p`, `p.note` @param {Record<string, any>} [attributes] `on…` are listeners, `style` is
 * an object, since a policy may forbid the attribute
 * @param {...Child} children
 */
export const h = (name, attributes = {}, ...children) => {
  const [tag, ...classes] = name.split('.')
  const element = document.createElement(tag || 'div')
  if (classes.length > 0) element.className = classes.join(' ')
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'style')
      for (const [name, text] of Object.entries(value)) element.style.setProperty(name, String(text))
    else if (key.startsWith('on')) element.addEventListener(key.slice(2), value)
    else if (value === true) element.setAttribute(key, '')
    else if (value !== false && value !== undefined) element.setAttribute(key, value)
  }
  element.append(...shown(children))
  return element
}

/** @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id)

/** Puts other content into an element. @param {string} id @param {...Child} children */
export const fill = (id, ...children) => byId(id).replaceChildren(...shown(children))

/** A link to the text that says so. @param {string} section such as `RFC 6749 4.1.2` */
export const specLink = (section) => {
  const [, rfc, at] = /^RFC (\d+) ?([\d.]*)/.exec(section) ?? []
  const href = rfc
    ? `https://www.rfc-editor.org/rfc/rfc${rfc}${at ? `#section-${at}` : ''}`
    : section.startsWith('OpenID')
      ? 'https://openid.net/specs/openid-connect-core-1_0.html'
      : 'https://supabase.com/docs/guides/auth'
  return h('a.spec', { href, rel: 'noreferrer' }, section)
}

/** The beginning and the end of a secret. @param {string} text */
export const mask = (text) =>
  text.length <= 12 ? '•'.repeat(text.length) : `${text.slice(0, 4)}…${text.slice(-4)}`

/** @param {number} bytes */
export const bytes = (bytes) => `${bytes.toLocaleString('en')} B`

/** @param {number} micros */
export const time = (micros) =>
  micros >= 1000
    ? `${(micros / 1000).toFixed(1)} ms`
    : `${micros < 10 ? micros.toFixed(1) : Math.round(micros)} µs`
