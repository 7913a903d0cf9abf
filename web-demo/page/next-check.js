/** "Is this next safe?": Landfall's verdict beside what this browser does, and what checks written by hand would say. */
import { checkNext } from '../../js-glue/entries/index.js'
import { byId, fill, h } from './dom.js'

const ORIGIN = 'https://app.example'

/** Famous ways around a check, and ordinary targets that must pass. @type {[string, string][]} */
const GALLERY = [
  ['/welcome?from=mail#top', 'ordinary'],
  ['/résumé/東京', 'ordinary, not ASCII'],
  ['//evil.example', 'two slashes name a host'],
  ['/\\evil.example', 'browsers read \\ as /'],
  ['/\t/evil.example', 'browsers drop the tab'],
  ['https://app.example.evil.example', 'starts like ours'],
  ['https://app.example@evil.example', 'ours is a user name'],
  ['javascript:alert(1)', 'a scheme that runs code'],
  ['/%2F/evil.example', 'a proxy decodes it again'],
  ['/a/..//evil.example', 'browsers resolve dots first'],
  ['/%09/evil.example', 'a decoded tab'],
  ['/welcome\r\nSet-Cookie: a=1', 'it adds a header'],
]

/** @param {string} next */
const inThisBrowser = (next) => {
  try {
    return new URL(next, ORIGIN)
  } catch {
    return undefined
  }
}

/** Checks as they stand in many apps: whether the input passes, and what they redirect to. @type {[string, (next: string) => string | null][]} */
const BY_HAND = [
  ["next.startsWith('/')", (next) => (next.startsWith('/') ? next : null)],
  [
    'new URL(next, origin).origin === origin, then next',
    (next) => (inThisBrowser(next)?.origin === ORIGIN ? next : null),
  ],
  [
    'new URL(next, origin), then its pathname',
    (next) => {
      const url = inThisBrowser(next)
      return url ? url.pathname + url.search : null
    },
  ],
  [
    "next.startsWith('/') ? origin + next : origin",
    (next) => (next.startsWith('/') ? ORIGIN + next : ORIGIN),
  ],
]

/** Where a browser would be after a redirect, a proxy having decoded the path once more or not. @param {string} location */
const leaves = (location) => {
  const decoded = (() => {
    try {
      return decodeURIComponent(location)
    } catch {
      return location
    }
  })()
  const isElsewhere = (/** @type {string} */ target) => (inThisBrowser(target)?.origin ?? ORIGIN) !== ORIGIN
  if (isElsewhere(location)) return 'leaves the app'
  if (/[\r\n]/.test(location)) return 'breaks the header'
  return isElsewhere(decoded) || /[\r\n]/.test(decoded) ? 'leaves it after a second decoding' : ''
}

const show = () => {
  const next = byId('next').value.replace(
    /\\([trn\\])/g,
    (/** @type {string} */ _, /** @type {'t'} */ c) => ({ t: '\t', r: '\r', n: '\n', '\\': '\\' })[c],
  )
  const emitted = checkNext(next, ORIGIN)
  const url = inThisBrowser(next)
  byId('verdict').className = emitted === null ? 'verdict refused' : 'verdict accepted'
  fill(
    'verdict',
    h('b', {}, emitted === null ? 'Refused' : 'Safe'),
    emitted === null ? ' The person goes to the start page instead.' : h('code', {}, emitted),
  )
  const rows = BY_HAND.map(([name, check]) => {
    const target = check(next)
    const danger = target === null ? '' : leaves(target)
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, h('code', {}, name)),
      h('td', {}, target === null ? 'refuses' : target === next ? 'accepts it' : h('code', {}, target)),
      h(
        'td',
        {},
        danger ? h('span.alarm', {}, danger) : target !== null && h('span.soft', {}, 'stays in the app'),
      ),
    )
  })
  fill(
    'by-hand',
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, 'This browser: ', h('code', {}, 'new URL(next, origin)')),
      h('td', { colspan: '2' }, url ? h('code', {}, url.href) : 'throws'),
    ),
    ...rows,
  )
}

/** Fills the section. */
export const startNextCheck = () => {
  const escaped = (/** @type {string} */ text) =>
    text.replace(/[\\\t\r\n]/g, (c) => ({ '\\': '\\\\', '\t': '\\t', '\r': '\\r', '\n': '\\n' })[c] ?? c)
  fill(
    'gallery',
    ...GALLERY.map(([next, about]) => {
      const choose = () => {
        byId('next').value = escaped(next)
        show()
        byId('next').scrollIntoView({ block: 'nearest' })
      }
      return h(
        'li',
        {},
        h('button', { type: 'button', onclick: choose }, h('code', {}, escaped(next)), h('span', {}, about)),
      )
    }),
  )
  byId('next').addEventListener('input', show)
  show()
}
