/** Sign-ins that go well, and that somebody or something spoils. */
import { passThrough } from './redirects.js'
import { APP, World, WWW } from './world.js'

/** @param {[string, string][]} headers */
export const locationOf = (headers) => headers.find(([name]) => name === 'location')?.[1] ?? ''

/** @param {World} world @param {{ origin?: string, next?: string, title?: string }} [how] */
const signIn = async (
  world,
  { origin = APP, next = '/welcome', title = `Ada presses “${world.provider[2]}”` } = {},
) => {
  const query = new URLSearchParams({ provider: world.provider[0], next })
  return locationOf((await world.visit(title, `${origin}/auth/sign-in?${query}`)).answer)
}

/** @param {World} world @param {string} url @param {string} [title] */
const comeBack = (world, url, title = 'The browser comes back with the code') => world.visit(title, url)

/**
 * What can be done to a sign-in: `about` says what happens, `run` does it.
 * @type {Record<string, { name: string, about: string, run(world: World): Promise<unknown> }>}
 */
export const BREAKS = {
  none: {
    name: 'Break nothing',
    about: 'This sign-in works.',
    run: async (world) => {
      await comeBack(world, passThrough(world, await signIn(world)))
      world.open('The app asks who is signed in', `${APP}/welcome`)
    },
  },
  forged: {
    name: 'Forge the response',
    about: 'Mallory sends Ada the address of her own callback. Without a check, Ada is signed in as Mallory.',
    run: async (world) => {
      await signIn(world)
      const mallory = new World(world.kind, world.provider[0])
      const url = passThrough(mallory, await signIn(mallory))
      await comeBack(world, url, 'Ada opens the link that Mallory sent')
    },
  },
  tabs: {
    name: 'Open a second tab',
    about: 'Two sign-ins finish in reverse order. Each has its own cookie.',
    run: async (world) => {
      const first = await signIn(world, { next: '/first', title: `First tab: “${world.provider[2]}”` })
      const second = await signIn(world, { next: '/second', title: 'Second tab: the same' })
      await comeBack(world, passThrough(world, second), 'The second tab comes back')
      await comeBack(world, passThrough(world, first), 'The first tab comes back')
    },
  },
  host: {
    name: 'Come back to another host',
    about: 'The cookie is at www.app.example. The response arrives at app.example.',
    run: async (world) => {
      const url = passThrough(world, await signIn(world, { origin: WWW }))
      await comeBack(world, url.replace(WWW, APP), 'The response arrives at app.example')
    },
  },
  expired: {
    name: 'Wait eleven minutes',
    about: 'A sign-in lasts ten minutes.',
    run: async (world) => {
      const location = await signIn(world)
      world.wait(11)
      await comeBack(world, passThrough(world, location), 'Eleven minutes later')
    },
  },
  denied: {
    name: 'Say no at the provider',
    about: 'Ada changes her mind.',
    run: async (world) =>
      comeBack(
        world,
        passThrough(world, await signIn(world), { deny: true }),
        'The browser comes back with the refusal',
      ),
  },
  replayed: {
    name: 'Send the code twice',
    about: 'Somebody opens the callback again: from the history, or from a log.',
    run: async (world) => {
      const url = passThrough(world, await signIn(world))
      await comeBack(world, url)
      await comeBack(world, url, 'The browser opens the same address again')
    },
  },
  next: {
    name: 'Ask for an evil next',
    about: 'The link to the sign-in has next=//evil.example. Following it is an open redirect.',
    run: async (world) =>
      comeBack(world, passThrough(world, await signIn(world, { next: '//evil.example/welcome' }))),
  },
}
