// The same with a second sealed cookie, which keeps the provider's tokens.
import { makePeerWith } from './landfall-session.mjs'

export const makePeer = makePeerWith({ tokens: true })
