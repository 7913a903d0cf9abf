// Text as nobody should pass it on, from a seed: for terminals, logs and pages.
import { makeRandom } from '../../fuzz/caller/random.mjs'

/** Each of them does something to whoever shows it. */
export const HOSTILE = {
  colour: '\x1b[31mred\x1b[0m',
  'clear screen': '\x1b[2J\x1b[H',
  title: '\x1b]0;owned\x07',
  hyperlink: '\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\',
  clipboard: '\x1b]52;c;ZXZpbA==\x07',
  'device report': '\x1b[6n\x1bP+q544e\x1b\\',
  'C1 controls': '\x9b31m\x9d0;owned\x9c\x85\x84',
  'C0 controls': String.fromCharCode(...Array(32).keys()),
  'line ends': 'a\r\nb\nc\rd\x0be\x0cf',
  bell: '\x07\x07',
  backspaces: 'evil\b\b\b\bgood',
  delete: '\x7f\x7f',
  tabs: 'a\tb',
  bidi: '\u202egnp\u202c\u2066\u2069\u200f\u061c',
  'zero width': '\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f',
  'blank letters': '\u115f\u1160\u3164\uffa0\u17b4\u180e',
  'variation selectors': '\ufe00\ufe0f\u{e0100}\u{e0041}',
  'lone surrogates': '\ud800x\udfff',
  separators: '\u2028\u2029',
  'a second line': '\nlandfall: callback ok provider=main',
  'a second field': 'x provider=other blame=nobody: all is well',
  quotes: `"'\`\\"`,
  element: '"><script>alert(1)</script><img src=x onerror=alert(1)>',
  'end of everything': '</title></style></script></textarea><!--',
  'an address': 'javascript:alert(document.domain)',
  'a template': '{{style}}{{{script}}}{{/code}}',
  percent: '%0d%0aX: y%s%n%00',
  long: 'x'.repeat(5000),
}

/**
 * A generator of numbers and choices.
 * @param {number} seed
 */
export const makeHostileRandom = (seed) => {
  const { below, pick } = makeRandom(seed, 0)
  const pieces = Object.values(HOSTILE)
  return {
    below,
    pick,
    /** A text of some hostile pieces, and sometimes one of `more` among them. @param {string[]} [more] */
    text: (more = []) =>
      Array.from({ length: 1 + below(4) }, () => {
        if (more.length > 0 && below(3) === 0)
          return pick([' ', '', '=', '\n']) + pick(more) + pick([' ', '', '&'])
        return pick([
          pick(pieces),
          pick(['a', ' ', 'access_denied', 'invalid_grant ', '=']),
          String.fromCharCode(below(0x10000)),
        ])
      }).join(''),
  }
}
