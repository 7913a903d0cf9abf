// A crowd signs in at an app on a framework while its developer saves a file again and again, and while two builds take each other's
// place. The app also knows a provider whose variables nobody has set.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { PATHS, startOAuthProvider } from '../../stand-ins/oauth-provider.mjs'
import { Person } from '../load/person.mjs'
import { NEXT_APPS, NEXT_DEV_APPS } from './support/next-app.mjs'
import { SVELTEKIT_APPS, SVELTEKIT_DEV_APPS } from './support/sveltekit-app.mjs'
import { takeTurns } from './support/turns.mjs'

const [AUTHORIZE, TOKEN] = Object.keys(PATHS)
const PEOPLE = 16
/** The developer saves so often, and the builds change so often. */
const SAVES = 12
const CHANGES = 6
const SAVE_MILLISECONDS = 500
/** How long a build serves before the other one takes its place. */
const SERVE_MILLISECONDS = 1500

const BUILDS = ['build-a', 'build-b']

/** Signs in and out until the time is over; nobody ends elsewhere than they wanted. */
const comeAndGo = async (name, origin, counts, isOver) => {
  const person = new Person(name, origin, counts)
  const ask = (path, options) => person.persist(() => person.jar.fetch(origin + path, options))
  for (let i = 0; !isOver() || i === 0; i++) {
    const next = `/account?of=${name}&time=${i}`
    const { at } = await person.signIn(next, { provider: 'work' })
    assert.equal(at.replace(/#.*/, ''), next)
    assert.match(await (await ask('/account')).text(), /<p id="who">work<\/p>/)
    counts.signIns += 1
    const out = await ask('/auth/sign-out', { method: 'POST', from: origin, redirect: 'manual' })
    assert.equal(out.status, 303)
    assert.deepEqual(
      person.jar.cookies.names().filter((cookie) => cookie.endsWith('-session')),
      [],
    )
  }
}

/** Whom nobody can sign in is told why, whatever the app has become. */
const askForTheOther = async (origin, counts, isOver) => {
  const person = new Person('lost', origin, counts)
  for (let i = 0; !isOver() || i === 0; i++) {
    const url = `${origin}/auth/sign-in?provider=github`
    const answer = await person.persist(() => person.jar.fetch(url))
    assert.match(await answer.text(), /GITHUB_CLIENT_ID/)
    const { saved } = await (await person.persist(() => person.jar.fetch(`${origin}/not-set`))).json()
    counts.seen.add(saved)
    await wait(SAVE_MILLISECONDS)
  }
}

/** A crowd, for as long as something happens to the app. */
const withCrowd = async (t, origin, happen) => {
  const counts = { reloads: 0, errors: [], signIns: 0, seen: new Set() }
  let isOver = false
  const names = Array.from({ length: PEOPLE }, (_, number) => `person-${number}`)
  const ends = await Promise.allSettled([
    happen().finally(() => {
      isOver = true
    }),
    ...names.map((name) => comeAndGo(name, origin, counts, () => isOver)),
    askForTheOther(origin, counts, () => isOver),
  ])
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  t.diagnostic(
    `${counts.seen.size} versions, ${counts.signIns} sign-ins, ${counts.reloads} reloads, ${counts.errors.length} started anew`,
  )
  assert.ok(counts.seen.size > 1, 'the app is another one now')
  return counts
}

const useWorld = (makeApp) => {
  const world = {}
  before(async () => {
    world.provider = await startOAuthProvider()
    world.app = await makeApp()
  })
  after(async () => {
    await world.running?.stop()
    await world.provider?.close()
  })
  const environment = (origin) => ({
    APP_ORIGIN: origin,
    AUTH_SECRET: 'a secret of the tests, and long enough',
    WORK_CLIENT_ID: 'demo-client',
    WORK_CLIENT_SECRET: 'demo-secret',
    WORK_AUTHORIZATION_ENDPOINT: world.provider.origin + AUTHORIZE,
    WORK_TOKEN_ENDPOINT: world.provider.origin + TOKEN,
    WITH_GITHUB: '1',
  })
  return Object.assign(world, {
    async start(build) {
      world.running = await world.app.start(environment, build)
    },
    /** The next build has another number. @param {number} number */
    save(number) {
      const text = readFileSync(world.app.options, 'utf8')
      writeFileSync(world.app.options, text.replace(/(?<=SAVED = )\d+/, `${number}`))
    },
  })
}

/** While the app is developed, a file of it is saved again and again. */
const SAVED = {
  title: 'whoever signs in while a file is saved is signed in',
  async happen(t, world) {
    await world.start()
    const { errors } = await withCrowd(t, world.running.origin, async () => {
      for (let i = 0; i < SAVES; i++) {
        world.save(i)
        await wait(SAVE_MILLISECONDS)
      }
    })
    assert.deepEqual(errors, [])
  },
}

/** Where the app is served, two builds take each other's place. */
const CHANGED = {
  title: 'what one build began, the other one ends',
  async happen(t, world) {
    for (const [number, build] of BUILDS.entries()) {
      world.save(number)
      await world.app.build(build)
    }
    await world.start(BUILDS[0])
    const { errors, reloads } = await withCrowd(t, world.running.origin, async () => {
      for (let i = 1; i <= CHANGES; i++) {
        await wait(SERVE_MILLISECONDS)
        await world.running.stop()
        await world.start(BUILDS[i % 2])
      }
    })
    assert.ok(reloads > 0, 'somebody met a server that was away')
    // The code of a callback whose answer was lost is used up.
    assert.deepEqual(new Set(errors), new Set(errors.length > 0 ? ['token_invalid_grant'] : []))
  },
}

const ROWS = {
  'Next 14': { make: NEXT_APPS['Next 14'], ...CHANGED },
  'Next 15': { make: NEXT_APPS['Next 15'], ...CHANGED },
  'Next 16': { make: NEXT_APPS['Next 16, Turbopack'], ...CHANGED },
  'SvelteKit 2': { make: SVELTEKIT_APPS['SvelteKit 2'], ...CHANGED },
  'SvelteKit 3': { make: SVELTEKIT_APPS['SvelteKit 3'], ...CHANGED },
  'Next 14, next dev': { make: NEXT_DEV_APPS['Next 14, next dev'], ...SAVED },
  'Next 15, next dev': { make: NEXT_DEV_APPS['Next 15, next dev'], ...SAVED },
  'Next 16, next dev': { make: NEXT_APPS['Next 16, next dev'], ...SAVED },
  'SvelteKit 2, vite dev': { make: SVELTEKIT_DEV_APPS['SvelteKit 2, vite dev'], ...SAVED },
  'SvelteKit 3, vite dev': { make: SVELTEKIT_DEV_APPS['SvelteKit 3, vite dev'], ...SAVED },
}

for (const name of takeTurns(Object.keys(ROWS), [], Object.keys(ROWS).length))
  describe(name, () => {
    const { make, title, happen } = ROWS[name]
    const world = useWorld(make)
    test(title, (t) => happen(t, world))
  })
