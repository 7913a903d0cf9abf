/** "Follow one sign-in": the exchanges of a world as a sequence, one of them in detail, and what the person sees in the end. */
import { BREAKS, locationOf } from './breaks.js'
import { carriedBy } from './carried.js'
import { checksOf } from './checks.js'
import { byId, fill, h, time } from './dom.js'
import { exchangeView } from './exchange.js'
import { PLAYED } from './known-providers.js'
import { World } from './world.js'

const LANES = ['browser', 'app', 'supabase', 'provider']
/** @param {string} lane */
const nameOf = (lane) =>
  ({ browser: 'Browser', app: 'Your app with Landfall', supabase: 'Supabase Auth' })[lane] ??
  world.provider[1]

/** @type {World} */
let world
let at = 0
/** Worlds share the clock that they set: one thing at a time. @type {Promise<unknown>} */
let last = Promise.resolve()

/** @param {() => unknown} run */
const inTurn = (run) => {
  last = last.then(run, run)
  return last
}

/** @param {import('./world.js').Exchange} exchange */
const showTime = (exchange) =>
  inTurn(async () => {
    if (exchange !== world.exchanges[at]) return
    const micros = await world.measure(exchange)
    if (exchange === world.exchanges[at])
      fill('took', `All checks take ${time(micros)} in this browser, without the network.`)
  })

const show = () => {
  const exchange = world.exchanges[at]
  if (!exchange) return
  const { from, to, title, handler } = exchange
  // A handler asks others before it answers.
  const after = handler === 'callback' && world.exchanges[at + 1]?.from === 'app' ? at + 2 : 0
  fill('where', h('b', {}, `${at + 1} of ${world.exchanges.length}. `), title)
  fill(
    'exchange',
    h('p.note', {}, `${nameOf(from)} → ${nameOf(to)}`),
    ...exchangeView(world.kind, exchange, after),
  )
  if (handler) showTime(exchange)
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

/** @param {string} arrow @param {string} word for who hears the page @param {string | HTMLElement} names */
const carriedPart = (arrow, word, names) =>
  names &&
  h('span', {}, h('span', { 'aria-hidden': 'true' }, `${arrow} `), h('span.sr', {}, `${word} `), names)

/** @param {string[]} lanes @param {import('./world.js').Exchange} exchange @param {number} index */
const stepRow = (lanes, exchange, index) => {
  const { from, to, title, code = '' } = exchange
  const { sent, answered } = carriedBy(exchange)
  const place = { '--from': lanes.indexOf(from), '--span': lanes.indexOf(to) - lanes.indexOf(from) }
  const choose = () => go(index)
  return h(
    'li',
    {},
    h(
      'button',
      { type: 'button', onclick: choose },
      h('span.title', {}, `${index + 1}. ${title}`),
      h('span.rail', {}, h('span.arrow', { style: place }), h('span.arrow.answer', { style: place })),
      h(
        'span.carried',
        {},
        carriedPart('→', 'sends', sent),
        carriedPart('←', 'gets', code ? h('span.end', {}, code) : answered),
      ),
    ),
  )
}

const drawSequence = () => {
  const lanes = LANES.filter((lane) => lane !== 'supabase' || world.kind === 'supabase')
  byId('sequence').style.setProperty('--lanes', String(lanes.length))
  byId('lanes').style.setProperty('--lanes', String(lanes.length))
  fill('lanes', ...lanes.map((lane) => h('span', {}, nameOf(lane))))
  fill('sequence', ...world.exchanges.map((exchange, index) => stepRow(lanes, exchange, index)))
}

/** What Ada has before her: the app, or our error page, word for word. @param {import('./world.js').Exchange} exchange */
const screenOf = async (exchange) => {
  if (!exchange.code) {
    const target = locationOf(exchange.answer).replace(/#$/, '')
    const { session } = world.whoIsAt(exchange.url)
    return [
      h('b', {}, 'Signed in as ', h('bdi', {}, session?.user.name)),
      h('span', {}, 'at ', h('code', {}, target)),
    ]
  }
  // Its style would go against the policy of this page.
  const html = (await world.errorPage(exchange)).replace(/<style>.*?<\/style>/s, '')
  const page = new DOMParser().parseFromString(html, 'text/html')
  const textOf = (/** @type {string} */ selector) => page.querySelector(selector)?.textContent
  return [h('b', {}, textOf('h1')), h('span', {}, textOf('main p')), h('span.button', {}, textOf('a.main'))]
}

/** The check that did not hold, and the code that says so. */
const stoppedBy = () => {
  for (const exchange of world.exchanges) {
    const checks = exchange.handler ? checksOf(world.kind, exchange) : []
    const failed = checks.find(({ result }) => result === 'stopped' || result === 'replaced')
    if (failed)
      return [
        h('b', {}, failed.question),
        h('span', {}, h('code', {}, exchange.code || 'the start page instead')),
      ]
  }
  return []
}

const start = () =>
  inTurn(async () => {
    const [provider, isThrough] = byId('kind').value.split(':').reverse()
    const { about, run } = /** @type {(typeof BREAKS)[string]} */ (BREAKS[byId('break').value])
    world = new World(isThrough ? 'supabase' : 'direct', provider)
    await run(world)
    drawSequence()
    fill('about-break', about)
    const failed = world.exchanges.findIndex(({ code }) => code)
    const end = world.exchanges[failed] ?? world.exchanges.findLast(({ handler }) => handler)
    if (end) fill('outcome', h('span.note', {}, 'Ada sees this at the end'), ...(await screenOf(end)))
    const check = stoppedBy()
    fill('stopped', check.length > 0 && h('span.note', {}, 'This check failed'), ...check)
    byId('outcome').className = failed < 0 ? 'outcome' : 'outcome failed'
    go(Math.max(failed, 0))
  })

/** Fills the section, and runs the first sign-in. */
export const startJourney = async () => {
  byId('kind').append(
    ...PLAYED.map(([name, title]) => h('option', { value: name }, title)),
    h('option', { value: 'supabase:bitbucket' }, 'Bitbucket, through Supabase Auth'),
  )
  byId('kind').value = 'bitbucket'
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
}
