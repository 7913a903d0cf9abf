// npx landfall doctor with an address that has a path: an app below `basePath`, or a page of an app at the root.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose, startBehindProxy } from './support/doctor.mjs'
import { startDirectApp } from './support/doctor-app.mjs'

const BELOW = '/shop/auth/callback/bitbucket'
const startShop = (t, how = {}) => startBehindProxy(t, { options: () => ({ basePath: '/shop' }), ...how })

for (const path of ['/shop', '/shop/', '/shop?from=mail#top'])
  test(`an app below /shop, asked as ${path}: its routes are there`, async (t) => {
    const paths = []
    const app = await startShop(t, { response: (_answer, asked) => void paths.push(asked) })
    const { wrong, byId } = await diagnose([`${app.origin}${path}`])
    assert.deepEqual(wrong, [])
    assert.equal(byId.callback.title, `The callback is at ${BELOW}`)
    assert.deepEqual(
      paths.filter((asked) => !asked.startsWith('/shop/')),
      [],
    )
  })

test('paths that have the base already are taken as they are', async (t) => {
  const app = await startShop(t)
  const paths = [
    '--sign-in',
    '/shop/auth/sign-in',
    '--callback',
    '/shop/auth/callback',
    '--error',
    '/auth/auth-code-error',
  ]
  const { wrong, byId } = await diagnose([`${app.origin}/shop`, ...paths])
  assert.deepEqual([wrong, byId.callback.title], [[], `The callback is at ${BELOW}`])
})

test('a fault below /shop is told with its path', async (t) => {
  const app = await startShop(t, {
    response: (answer, path) =>
      path === '/shop/auth/auth-code-error' ? { ...answer, status: 404 } : undefined,
  })
  const { wrong, byId } = await diagnose([`${app.origin}/shop`])
  assert.deepEqual(wrong, ['error-page'])
  assert.match(byId['error-page'].fix, /Mount auth\.error at \/shop\/auth\/auth-code-error/)
})

for (const path of ['/some/page', '//shop', '/%zz', '/shop/../page', `/${'a'.repeat(3000)}`, "/';x"])
  test(`an app at the root, asked at a page, ${path.slice(0, 20)}: the routes are at the root`, async (t) => {
    const app = await startBehindProxy(t)
    const { wrong, byId } = await diagnose([app.origin + path])
    assert.deepEqual([wrong, byId.callback.title], [[], 'The callback is at /auth/callback/bitbucket'])
  })

test('an app at the root is looked for only where the address has a path', async (t) => {
  const countSignIns = async (path) => {
    let count = 0
    const app = await startBehindProxy(t, {
      response: (_answer, asked) => {
        if (asked.endsWith('/auth/sign-in')) count += 1
      },
    })
    await diagnose([app.origin + path])
    return count
  }
  const most = await countSignIns('')
  assert.ok(most > 0)
  assert.equal(await countSignIns('/'), most)
  assert.equal(await countSignIns('/page'), most + 2)
})

test('an app that answers nowhere is looked for below the path; one that is away is asked no third time', async (t) => {
  const gone = { status: 404 }
  const answers = { '/auth/sign-in': gone, '/shop/auth/sign-in': gone }
  const app = await startDirectApp(t, { endpoint: 'https://as.example/authorize', answers })
  const { byId } = await diagnose([`${app.origin}/shop`])
  assert.match(byId['sign-in'].fix, /\/shop\/auth\/sign-in/)
  const away = await diagnose(['http://127.0.0.1:9/shop'])
  assert.deepEqual([away.code, away.wrong], [1, ['reachable']])
})
