// What a person does in a module, and what came of it.
import { resetClock, setClock } from '../node/support/clock.mjs'
import { factsOf, visit } from './world.mjs'

const SIGN_IN = '/auth/sign-in?provider=op&next=%2Fme'
const HOUR = 3600

/** Signs in. */
export const signIn = async (world) => {
  await visit(world, SIGN_IN)
  return factsOf(world)
}

/** Signs in, and again after the provider has changed its key. */
export const signInTwice = async (world) => {
  await visit(world, SIGN_IN)
  await world.provider.rotate()
  return signIn(world)
}

/** Follows a link of the provider's to the app. */
export const thirdPartySignIn = async (world) => {
  const query = new URLSearchParams({ iss: world.provider.issuer, target_link_uri: `${world.origin}/me` })
  await visit(world, `/auth/sign-in?${query}`, { from: world.provider.issuer })
  return factsOf(world)
}

/** Signs in, and uses the access token when it has ended. */
export const refresh = async (world) => {
  await visit(world, SIGN_IN)
  setClock(Math.floor(Date.now() / 1000) + HOUR)
  try {
    const outcome = await visit(world, '/profile')
    return { ...(await factsOf(world)), outcome }
  } finally {
    resetClock()
  }
}

/** Signs in, and signs out here and at the provider, which tells the app. */
export const signOut = async (world) => {
  await visit(world, SIGN_IN)
  await visit(world, '/auth/sign-out?next=%2Fbye', { method: 'POST', from: world.origin })
  const { logoutStatus } = world.provider
  return { ...(await factsOf(world)), told: world.told.join(), logoutStatus }
}
