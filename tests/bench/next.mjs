// The safe-`next` check against the line of JavaScript that people write for it.
import { checkNext } from '../../dist/index.js'
import { expect, origin } from './fixtures.mjs'

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
const target40 = '/teams/landfall/projects/12/issues?p=345'

const byUrl = (next) => new URL(next, origin).origin === origin

/** Takes the targets in turn. */
const over = (check, targets) => {
  let i = 0
  return () => check(targets[i++ % targets.length])
}

export const nextCases = () => {
  expect(target40.length === 40 && checkNext(target40, origin) === target40, 'checkNext refuses a path')
  expect(checkNext('//evil.example/path', origin) === null, 'checkNext lets a host pass')
  const byLandfall = (next) => checkNext(next, origin)
  return [
    ['Check next: a mix of 12', mix],
    ['Check next: /dashboard', ['/dashboard']],
    ['Check next: 40 characters', [target40]],
  ].flatMap(([group, targets]) => [
    { group, name: 'new URL(next, origin).origin === origin', baseline: true, run: over(byUrl, targets) },
    { group, name: 'Landfall checkNext', run: over(byLandfall, targets) },
  ])
}
