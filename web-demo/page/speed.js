/** "Speed and size here": measured in this browser, when asked for. */
import { checkNext } from '../../js-glue/entries/index.js'
import { BREAKS } from './breaks.js'
import { byId, fill, h, time } from './dom.js'
import { base64url, challengeOf } from './token-answers.js'
import { APP, World } from './world.js'

const ROUNDS = 9
const ROUND_MILLISECONDS = 25
/** Browsers compile what has run often: the first runs of anything are slow. */
const WARM_UP_MILLISECONDS = 100
const MIX = [
  '/dashboard',
  '/projects/42/settings?tab=members',
  '/files/résumé.pdf',
  '//evil.example/path',
  'https://evil.example/',
  '/a/../b',
]

/** Lets the page breathe; by a message, because timers of a tab in the background wait for a second. */
const pause = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = resolve
    port2.postMessage('')
  })

/** Microseconds that one run takes: the median of rounds. @param {() => unknown} run */
const measure = async (run) => {
  const isAsync = run() instanceof Promise
  for (const begin = performance.now(); performance.now() - begin < WARM_UP_MILLISECONDS; )
    isAsync ? await run() : run()
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now()
    let count = 0
    let now = begin
    for (; now - begin < ROUND_MILLISECONDS; now = performance.now()) {
      for (let i = 0; i < 8; i++) isAsync ? await run() : run()
      count += 8
    }
    rounds.push(((now - begin) * 1000) / count)
    await pause()
  }
  return rounds.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0
}

/** @param {string[]} list @param {(next: string) => unknown} run */
const over = (list, run) => {
  let i = 0
  return () => run(/** @type {string} */ (list[i++ % list.length]))
}

/** A callback of a world, again and again. @param {World} world */
const makeCallback = async (world) => {
  await BREAKS.none?.run(world)
  const exchange = /** @type {import('./world.js').Exchange} */ (
    world.exchanges.find(({ handler }) => handler === 'callback')
  )
  return () => world.again(exchange)
}

const startByWebCrypto = async () => {
  const random = crypto.getRandomValues(new Uint8Array(96))
  const challenge = await challengeOf(base64url(String.fromCharCode(...random.subarray(0, 32))))
  const url = new URL('https://as.example/authorize')
  const names = 'client_id redirect_uri response_type state code_challenge code_challenge_method'
  for (const name of names.split(' ')) url.searchParams.set(name, challenge)
  return url.href
}

/** @returns {Promise<[title: string, ...rows: [name: string, run: () => unknown][]][]>} */
const groups = async () => {
  const world = new World('direct', 'bitbucket')
  const request = { method: 'GET', url: APP, headers: new Headers() }
  return [
    [
      'Check next, a mix of six',
      ['Landfall', over(MIX, (next) => checkNext(next, APP))],
      ['new URL(next, origin)', over(MIX, (next) => new URL(next, APP).origin === APP)],
    ],
    [
      'Start a sign-in: state, PKCE, address, sealed cookie',
      [
        'Landfall',
        () =>
          world.auth.start({
            provider: 'bitbucket',
            next: '/welcome',
            request: /** @type {any} */ (request),
          }),
      ],
      ...(crypto.subtle
        ? [
            /** @type {[string, () => unknown]} */ ([
              'WebCrypto and URL, without the cookie',
              startByWebCrypto,
            ]),
          ]
        : []),
    ],
    [
      'A whole callback, with the responses of Bitbucket in memory',
      ['Landfall', await makeCallback(world)],
      [
        'for comparison: making and reading one Response',
        async () => (await new Response('{}').arrayBuffer()).byteLength,
      ],
    ],
  ]
}

const run = async () => {
  const button = byId('measure')
  button.disabled = true
  const lines = []
  for (const [title, ...rows] of await groups()) {
    byId('measure-status').textContent = `Measuring: ${title}`
    const results = []
    for (const [name, body] of rows) results.push({ name, micros: await measure(body) })
    const longest = Math.max(...results.map(({ micros }) => micros))
    lines.push(
      h(
        'figure',
        {},
        h('figcaption', {}, title),
        ...results.map(({ name, micros }) =>
          h(
            '.bar',
            {},
            h('span', {}, name),
            h(
              'span.track',
              { 'aria-hidden': 'true' },
              h('i', { style: { width: `${(100 * micros) / longest}%` } }),
            ),
            h('b', {}, time(micros)),
          ),
        ),
      ),
    )
    fill('chart', ...lines)
  }
  byId('measure-status').textContent = 'These are medians of nine rounds in this browser.'
  button.disabled = false
}

/** Fills the section. */
export const startSpeed = () => byId('measure').addEventListener('click', run)
