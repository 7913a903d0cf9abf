// A core that traps: one person sees an error page, nobody else notices, and the next instance is sound. The app is apps/traps.mjs.
import assert from 'node:assert/strict'
import { BrowserJar } from '../../../stand-ins/browser-jar.mjs'

const PEOPLE = 25

const overwrite = async ({ app }) => Number(await (await fetch(`${app.origin}/overwrite`)).text())
const signIn = async ({ signInUrl }, next) => {
  const jar = new BrowserJar()
  await jar.fetch(signInUrl(next))
  return jar.url
}
const isFailure = (url) => new URL(url).searchParams.get('error') === 'internal_error'

const callback = async (world) => {
  const { app } = world
  const jar = new BrowserJar()
  const { headers } = await jar.fetch(world.signInUrl('/welcome'), { redirect: 'manual' })
  const before = await overwrite(world)
  await jar.fetch(headers.get('location'))
  assert.ok(isFailure(jar.url), jar.url)
  assert.equal(await signIn(world, '/welcome'), `${app.origin}/welcome#`)
  // To ask for the count arms it again.
  assert.equal(await overwrite(world), before + 1)
  assert.ok(isFailure(await signIn(world, '/welcome')))
}

const crowd = async (world) => {
  const wanted = Array.from({ length: PEOPLE }, (_, person) => `/page/${person}`)
  const people = wanted.map((next) => signIn(world, next))
  const [, ...landed] = await Promise.all([overwrite(world), ...people])
  assert.equal(landed.filter(isFailure).length, 1)
  for (const [person, url] of landed.entries())
    if (!isFailure(url)) assert.equal(url, `${world.app.origin}${wanted[person]}#`)
}

/** By column of the table. @type {Record<string, Record<string, (world: object) => Promise<void>>>} */
export const TRAP_CASES = {
  'after a trap': {
    'the callback traps; the next sign-in does not': callback,
    [`${PEOPLE} people at once, and a trap among them`]: crowd,
  },
}
