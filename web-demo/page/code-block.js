import { h } from './dom.js'

/** Code with its name and a button that copies it. @param {string} name @param {string} code */
export const codeBlock = (name, code) => {
  const copy = async (/** @type {Event} */ event) => {
    const target = /** @type {HTMLElement} */ (event.currentTarget)
    await navigator.clipboard.writeText(code)
    target.textContent = 'Copied'
    setTimeout(() => (target.textContent = 'Copy'), 1500)
  }
  const button =
    navigator.clipboard &&
    h('button', { type: 'button', onclick: copy }, 'Copy', h('span.sr', {}, ` ${name}`))
  return h(
    '.code',
    {},
    h('.head', {}, h('h4', {}, h('code', {}, name)), button),
    h('pre', { tabindex: '0', 'aria-label': name }, h('code', {}, code)),
  )
}
