// Finds a form and its fields in the plain HTML that stand-ins and demos write. Not an HTML parser.

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", '#34': '"', '#43': '+' }

/** Undoes HTML escaping. */
export const unescapeHtml = (text) => text.replace(/&(#?\w+);/g, (whole, name) => ENTITIES[name] ?? whole)

/** The attributes of one start tag; a value-less attribute is the empty string. */
export function readAttributes(tag) {
  const attributes = {}
  const inside = tag.replace(/^<\s*\w+/, '').replace(/\/?>$/, '')
  for (const [, name, , double, single, bare] of inside.matchAll(
    /([\w-]+)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g,
  )) {
    attributes[name.toLowerCase()] = unescapeHtml(double ?? single ?? bare ?? '')
  }
  return attributes
}

/**
 * The first form, or the first whose action contains `action`. Buttons are not pressed:
 * name the one you want among the fields.
 *
 * @returns {{ action: string, method: 'GET' | 'POST', enctype: string, fields: Record<string, string> }}
 */
export function findForm(html, action = '') {
  for (const [, tag, content] of html.matchAll(/(<form\b[^>]*>)([\s\S]*?)<\/form>/gi)) {
    const form = readAttributes(tag)
    if (!(form.action ?? '').includes(action)) continue
    const fields = {}
    for (const [input] of content.matchAll(/<input\b[^>]*>/gi)) {
      const { name, value = '', type = 'text', checked, disabled } = readAttributes(input)
      if (!name || disabled !== undefined || type === 'submit') continue
      if ((type === 'checkbox' || type === 'radio') && checked === undefined) continue
      fields[name] = value
    }
    const { action: target = '', method = 'GET', enctype = 'application/x-www-form-urlencoded' } = form
    return { action: target, method: method.toUpperCase(), enctype: enctype.toLowerCase(), fields }
  }
  throw new Error(action ? `The page has no form whose action contains ${action}` : 'The page has no form')
}
