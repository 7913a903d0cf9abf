// Where init looks for routes that a project has: in a folder of its framework, up to a number of entries.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { findRoutes } from '../../dist/init/routes.js'
import { makeProject } from './support/init.mjs'

test('of the files in the folder of a route, its own alone is one', (t) => {
  const root = makeProject(t, { 'app/auth/callback/notes.md': '', 'app/auth/callback/route.ts': '' })
  const found = findRoutes(root, { folder: 'app', file: /\/route\.ts$/ })
  assert.deepEqual(found, [{ file: 'app/auth/callback/route.ts', path: '/auth/callback' }])
})

test('a route behind the last of five thousand entries is found, and one entry later it is not', (t) => {
  const root = makeProject(t, { 'app/auth/callback/route.ts': '' })
  const find = () => findRoutes(root, { folder: 'app', file: /\/route\.ts$/ })
  // The two folders and the route are the other three: a folder is read before those in it.
  for (let i = 0; i < 4997; i++) writeFileSync(join(root, `app/${i}`), '')
  assert.deepEqual(find(), [{ file: 'app/auth/callback/route.ts', path: '/auth/callback' }])
  mkdirSync(join(root, 'app/more'))
  assert.deepEqual(find(), [])
})
