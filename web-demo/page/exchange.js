/** One exchange taken apart: the request, what Landfall asked, the answer. */
import { locationOf } from './breaks.js'
import { checksOf } from './checks.js'
import { bytes, h, mask, specLink } from './dom.js'
import { cookieMeaning, PARAMETERS } from './explain.js'
import { sentenceOf } from './sentences.js'

/** What browsers keep of one cookie (RFC 6265 6.1), and what many servers take of all of them. */
const MAX_COOKIE = 4096
const MAX_HEADERS = 8192
const MARKS = { passed: '✓', stopped: '✕', replaced: '↷', 'not asked': '·' }
const WORDS = {
  passed: 'yes',
  stopped: 'no: the sign-in ends here',
  replaced: 'no: the start page instead',
  'not asked': 'not asked',
}

/** Parameters with their meaning, secrets masked. @param {Iterable<[string, string]>} entries */
export const parameterTable = (entries) => {
  const rows = [...entries].map(([name, value]) => {
    const [meaning, section] = PARAMETERS[name] ?? ['A callback does not read this.']
    const isSecret = /_token$|verifier$|^(code|auth_code|token_hash)$/.test(name)
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, h('code', {}, name)),
      h('td.value', {}, h('code', {}, isSecret ? mask(value) : value)),
      h('td', {}, meaning, ' ', section && specLink(section)),
    )
  })
  return rows.length > 0 && h('table.parameters', {}, h('tbody', {}, ...rows))
}

/** An address, whose query the table under it takes apart. @param {string} url */
const addressOf = (url) => {
  const [path = '', query] = url.replace(/#$/, '').split('?')
  return h('code', {}, path, query && h('span.soft', {}, '?…'))
}

/** @param {string} url */
const parametersOf = (url) => parameterTable(new URL(url, 'https://app.example').searchParams)

/** @param {string} line of Set-Cookie */
const cookieRow = (line) => {
  const [pair = '', ...attributes] = line.split('; ')
  const name = pair.slice(0, pair.indexOf('='))
  const isGone = /Max-Age=0/i.test(line)
  return h(
    'li',
    {},
    h('code', {}, name),
    h('span.tag', {}, isGone ? 'removed' : `${bytes(pair.length)} of ${bytes(MAX_COOKIE)}`),
    h(
      'p.note',
      {},
      `${cookieMeaning(name)}.`,
      !isGone && h('span.attributes', {}, ` ${attributes.join('; ')}`),
    ),
  )
}

/** @param {string[]} lines of Set-Cookie */
const cookieList = (lines) => {
  const set = lines.filter((line) => !/Max-Age=0/i.test(line))
  const total = set.reduce((sum, line) => sum + line.length, 0)
  return [
    lines.length > 0 && h('h4', {}, 'Cookies'),
    lines.length > 0 && h('ul.cookies', {}, ...lines.map(cookieRow)),
    total > 0 &&
      h(
        'p.note',
        {},
        `Set-Cookie has ${bytes(total)} in total; many servers accept at most ${bytes(MAX_HEADERS)} of headers.`,
      ),
  ]
}

/** @param {import('./world.js').Exchange} exchange */
const requestOf = ({ method, url, headers, body }) => {
  const cookie = headers.find(([name]) => name === 'cookie')?.[1]
  const count = cookie?.split('; ').length
  const shown = body?.replace(
    /((?:code_verifier|code|auth_code)"?[=:]"?)([\w-]+)/g,
    (_, key, secret) => key + mask(secret),
  )
  return [
    h('h3', {}, 'The request'),
    h('p.line', {}, h('b', {}, method), addressOf(url)),
    parametersOf(url),
    cookie &&
      h(
        'p.note',
        {},
        `With ${count} ${count === 1 ? 'cookie' : 'cookies'}, ${bytes(cookie.length)}: `,
        h('code', {}, cookie.replace(/=[^;]*/g, '=…')),
      ),
    shown && h('pre', { tabindex: '0', 'aria-label': 'The body of the request' }, shown),
  ]
}

/** @param {'supabase' | 'direct'} kind @param {import('./world.js').Exchange} exchange */
const checkList = (kind, exchange) => {
  const rows = checksOf(kind, exchange).map(({ question, result }) =>
    h(
      `li.${result.replace(' ', '-')}`,
      {},
      h('span', { 'aria-hidden': 'true' }, MARKS[result]),
      h('span', {}, question, result === 'replaced' && ' No: the start page instead.'),
      h('span.sr', {}, ` ${WORDS[result]}`),
    ),
  )
  return [
    h('h3', {}, 'Landfall’s checks, in order'),
    h('ol.checks', {}, ...rows),
    h('p.note', { id: 'took' }, 'Measuring the time …'),
  ]
}

/** @param {import('./world.js').Exchange} exchange @param {number} after the step that came in between, or 0 */
const answerOf = ({ status, answer, answerBody = '', code = '' }, after) => {
  const location = locationOf(answer)
  const cookies = answer.filter(([name]) => name === 'set-cookie').map(([, line]) => line)
  return [
    h('h3', {}, after ? `The response, after step ${after}` : 'The response'),
    h('p.line', {}, h('b', {}, String(status)), location && addressOf(location)),
    code && h('p.alarm', {}, h('b', {}, code), ` ${sentenceOf(code)}`),
    parametersOf(location.startsWith('http') ? location : '/'),
    ...cookieList(cookies),
    /^[[{]/.test(answerBody) &&
      h(
        'pre',
        { tabindex: '0', 'aria-label': 'The body of the response' },
        answerBody.replace(/(_token": ")([^"]*)/g, (_, key, token) => key + mask(token)),
      ),
  ]
}

/** @param {'supabase' | 'direct'} kind @param {import('./world.js').Exchange} exchange @param {number} after */
export const exchangeView = (kind, exchange, after) => [
  ...requestOf(exchange),
  ...(exchange.handler ? checkList(kind, exchange) : []),
  ...answerOf(exchange, after),
]
