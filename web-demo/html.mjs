// HTML by template: whatever is put into html`…` is escaped, unless it came out of html`…` itself.

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

class Html {
  constructor(text) {
    this.text = text
  }

  toString() {
    return this.text
  }
}

function render(value) {
  if (value instanceof Html) return value.text
  if (Array.isArray(value)) return value.map(render).join('')
  if (value === undefined || value === null || value === false) return ''
  return String(value).replace(/[&<>"']/g, (one) => ENTITIES[one])
}

/** A piece of HTML; arrays are joined, and undefined, null and false leave nothing. */
export function html(strings, ...values) {
  return new Html(strings.reduce((text, string, index) => text + render(values[index - 1]) + string))
}
