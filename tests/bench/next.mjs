// The safe-`next` check against the lines of JavaScript that people write for it.
import { checkNext } from '../../dist/index-node.js'
import { measure, ratio } from './harness.mjs'
import { digits, table } from './numbers.mjs'
import { expect } from './sign-in.mjs'

const origin = 'https://app.example'
const LANDFALL = 'Landfall checkNext'
const BASE = '`new URL(next, origin).origin === origin`'

/** Ordinary and hostile targets. */
const mix = [
  '/dashboard',
  '/',
  '/projects/42/settings?tab=members',
  '/search?q=a%20b&page=2#results',
  '/files/r\u00e9sum\u00e9.pdf',
  'https://app.example/home',
  'https://evil.example/',
  '//evil.example/path',
  '/\\evil.example',
  'javascript:alert(1)',
  '/a/../../%2e%2e/b',
  '/\t/evil.example',
]
const path40 = '/teams/landfall/projects/12/issues?p=345'
const TARGETS = { 'a mix of 12': mix, '40 characters': [path40], '/dashboard': ['/dashboard'] }

const byUrl = (next) => new URL(next, origin).origin === origin
const byUrlWhole = (next) => {
  const url = new URL(next, origin)
  return url.origin === origin ? url.pathname + url.search + url.hash : '/'
}
const byCanParse = (next) => URL.canParse(next, origin)
const byStart = (next) => next.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\')
const byLandfall = (next) => checkNext(next, origin)

/** @type {Record<string, (next: string) => unknown>} */
const CHECKS = {
  [BASE]: byUrl,
  '`new URL`, then pathname + search + hash': byUrlWhole,
  '`URL.canParse`, which says nothing of the origin': byCanParse,
  '`startsWith`, which lets `/\\t/evil.example` pass': byStart,
  [LANDFALL]: byLandfall,
}

/** Takes the targets in turn. */
const over = (check, targets) => {
  let i = 0
  return () => check(targets[i++ % targets.length])
}

/** @type {import('./run.mjs').Group} */
export const measureNext = async () => {
  expect(byLandfall(path40) === path40, 'checkNext refuses a path')
  expect(byLandfall('//evil.example/path') === null, 'checkNext lets a host pass')
  const cases = Object.entries(TARGETS).flatMap(([what, targets]) =>
    Object.entries(CHECKS).map(([name, check]) => ({
      name: `${name}, ${what}`,
      run: over(check, targets),
    })),
  )
  const results = await measure(cases)
  const find = (name) => results.find((result) => result.name === name)
  const against = (name, what) => ratio(results, `${name}, ${what}`, `${BASE}, ${what}`)
  const rows = Object.keys(CHECKS).map((name) => [
    name,
    ...Object.keys(TARGETS).flatMap((what) => [
      digits(find(`${name}, ${what}`).micros),
      digits(against(name, what)),
    ]),
  ])
  const head = ['check', ...Object.keys(TARGETS).flatMap((what) => [`${what}, µs`, 'ratio'])]
  return {
    title: 'The check of `next`, Node',
    text: 'The check decides where a sign-in may lead. Landfall returns the path for the redirect. Ratios are relative to the first row.',
    tables: [table(head, rows)],
    ratios: [
      {
        what: 'check of next, a mix of 12: Landfall ÷ `new URL`',
        value: against(LANDFALL, 'a mix of 12'),
      },
    ],
  }
}
