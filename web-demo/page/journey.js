/** "Follow one sign-in": the exchanges of a world as a sequence, and one of them taken apart. */
import { ERRORS } from '../../js-glue/generated/errors.js'
import { BREAKS, locationOf } from './breaks.js'
import { byId, bytes, fill, h, mask, specLink, time } from './dom.js'
import { checksOf, cookieMeaning, PARAMETERS } from './explain.js'
import { World } from './world.js'

const LANES = ['browser', 'app', 'supabase', 'bitbucket']
const NAMES = {
  browser: 'Browser',
  app: 'Your app, with Landfall',
  supabase: 'Supabase Auth',
  bitbucket: 'Bitbucket',
}
/** What browsers keep of one cookie, and what many servers take of all of them. */
const MAX_COOKIE = 4096
const MAX_HEADERS = 8192
const WARM_UPS = 40

/** @type {World} */
let world
let at = 0

/** @param {string} address */
const parametersOf = (address) => {
  const url = new URL(address, 'https://app.example')
  const rows = [...url.searchParams].map(([name, value]) => {
    const [meaning, section] = PARAMETERS[name] ?? ['']
    const shown = name === 'code_verifier' ? mask(value) : value
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, h('code', {}, name)),
      h('td.value', {}, h('code', {}, shown)),
      h('td', {}, meaning, ' ', section && specLink(section)),
    )
  })
  return rows.length > 0 && h('table', {}, h('tbody', {}, ...rows))
}

/** @param {string} line of Set-Cookie */
const cookieRow = (line) => {
  const [pair = '', ...attributes] = line.split('; ')
  const name = pair.slice(0, pair.indexOf('='))
  const size = pair.length
  const isGone = /Max-Age=0/i.test(line)
  return h(
    'li',
    {},
    h('code', {}, name),
    isGone ? h('span.tag', {}, 'removed') : h('span.tag', {}, `${bytes(size)} of ${bytes(MAX_COOKIE)}`),
    h('p.note', {}, cookieMeaning(name), isGone ? '' : `. ${attributes.join('; ')}`),
  )
}

/** @param {import('./world.js').Exchange} exchange */
const answerOf = ({ status, answer, answerBody = '', code = '' }) => {
  const location = locationOf(answer)
  const cookies = answer.filter(([name]) => name === 'set-cookie').map(([, line]) => line)
  const set = cookies.filter((line) => !/Max-Age=0/i.test(line))
  const total = set.reduce((sum, line) => sum + line.length, 0)
  return [
    h('h4', {}, 'The answer'),
    h('p.line', {}, h('b', {}, String(status)), location && h('code', {}, location)),
    location.startsWith('http') && parametersOf(location),
    code && h('p.alarm', {}, h('b', {}, code), ` ${ERRORS[code]?.message ?? ''}`),
    cookies.length > 0 && h('h5', {}, 'Cookies'),
    cookies.length > 0 && h('ul.cookies', {}, ...cookies.map(cookieRow)),
    total > 0 &&
      h(
        'p.note',
        {},
        `Together ${bytes(total)} of Set-Cookie; many proxies stop at ${bytes(MAX_HEADERS)} of headers.`,
      ),
    answerBody.startsWith('{') &&
      h(
        'pre',
        { tabindex: '0' },
        answerBody.replace(/(_token": ")([^"]*)/g, (_, key, token) => key + mask(token)),
      ),
  ]
}

/** @param {import('./world.js').Exchange} exchange */
const requestOf = ({ method, url, headers, body }) => {
  const cookie = headers.find(([name]) => name === 'cookie')?.[1]
  const secrets = body?.replace(/(code_verifier"?[=:]"?)([\w-]+)/, (_, key, secret) => key + mask(secret))
  return [
    h('h4', {}, 'The request'),
    h('p.line', {}, h('b', {}, method), h('code', {}, url.split('?')[0] ?? '')),
    parametersOf(url),
    cookie &&
      h(
        'p.note',
        {},
        `With ${cookie.split('; ').length} cookies, ${bytes(cookie.length)}: `,
        h('code', {}, cookie.replace(/=[^;]*/g, '=…')),
      ),
    secrets && h('pre', { tabindex: '0' }, secrets),
  ]
}

/** @param {import('./world.js').Exchange} exchange */
const checksView = (exchange) => {
  if (!exchange.handler) return []
  const marks = { passed: '✓', stopped: '✕', 'not asked': '·' }
  const rows = checksOf(world.kind, exchange).map(({ question, result }) =>
    h(
      `li.${result.replace(' ', '-')}`,
      {},
      h('span', { 'aria-hidden': 'true' }, marks[result]),
      question,
      h('span.sr', {}, ` ${result}`),
    ),
  )
  return [
    h('h4', {}, 'What Landfall asked, in order'),
    h('ol.checks', {}, ...rows),
    h('p.note', {}, `This answer took ${time(exchange.micros ?? 0)} in this browser, without the network.`),
  ]
}

const show = () => {
  const exchange = world.exchanges[at]
  if (!exchange) return
  const { from, to, title } = exchange
  fill(
    'exchange',
    h('p.lead', {}, h('b', {}, `${at + 1} of ${world.exchanges.length}. `), title),
    h('p.note', {}, `${NAMES[/** @type {'app'} */ (from)]} → ${NAMES[/** @type {'app'} */ (to)]}`),
    ...[...requestOf(exchange), ...checksView(exchange), ...answerOf(exchange)].filter(
      (part) => part instanceof Node,
    ),
  )
  for (const [index, button] of [...byId('sequence').querySelectorAll('button')].entries()) {
    if (index === at) button.setAttribute('aria-current', 'step')
    else button.removeAttribute('aria-current')
  }
  byId('back').disabled = at === 0
  byId('forward').disabled = at === world.exchanges.length - 1
}

/** @param {number} to */
const go = (to) => {
  at = Math.max(0, Math.min(to, world.exchanges.length - 1))
  show()
}

const drawSequence = () => {
  const lanes = LANES.filter((lane) => lane !== 'supabase' || world.kind === 'supabase')
  byId('sequence').style.setProperty('--lanes', String(lanes.length))
  const head = h(
    'li.lanes',
    { 'aria-hidden': 'true' },
    ...lanes.map((lane) => h('span', {}, NAMES[/** @type {'app'} */ (lane)])),
  )
  const rows = world.exchanges.map(({ from, to, title, code }, index) => {
    const [left = 0, right = 0] = [lanes.indexOf(from), lanes.indexOf(to)].sort()
    const arrow = h(`span.arrow${code ? '.wrong' : ''}`, {
      style: `--from: ${left}; --span: ${right - left}`,
    })
    return h(
      'li',
      {},
      h(
        'button',
        { type: 'button', onclick: () => go(index) },
        h('span.title', {}, `${index + 1}. ${title}`),
        arrow,
      ),
    )
  })
  fill('sequence', head, ...rows)
}

const conclude = () => {
  const last = world.exchanges.filter(({ handler }) => handler).at(-1)
  const { code = '', answer = [] } = last ?? {}
  const target = locationOf(answer).replace(/#$/, '')
  return code
    ? [h('b', {}, 'Ada reads: '), `“${ERRORS[code]?.message}” `, h('code', {}, code)]
    : [h('b', {}, 'Ada is signed in'), ' and goes on to ', h('code', {}, target), '.']
}

const start = async () => {
  const kind = /** @type {'supabase' | 'direct'} */ (byId('kind').value)
  const { about, run } = /** @type {(typeof BREAKS)[string]} */ (BREAKS[byId('break').value])
  world = new World(kind)
  await run(world)
  drawSequence()
  fill('about-break', about)
  const failed = world.exchanges.findIndex(({ code }) => code)
  fill('outcome', ...conclude())
  go(Math.max(failed, 0))
}

/** Compiled code is what is worth timing: the first runs of anything are not. */
const warmUp = async () => {
  for (let i = 0; i < WARM_UPS; i++) await BREAKS.none?.run(new World('direct'))
}

/** Fills the section, and runs the first sign-in. */
export const startJourney = async () => {
  byId('break').append(...Object.entries(BREAKS).map(([value, { name }]) => h('option', { value }, name)))
  byId('break').addEventListener('change', start)
  byId('kind').addEventListener('change', start)
  byId('back').addEventListener('click', () => go(at - 1))
  byId('forward').addEventListener('click', () => go(at + 1))
  byId('sequence').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    go(at + step)
    byId('sequence').querySelectorAll('button')[at]?.focus()
  })
  await start()
  await warmUp()
  await start()
}
