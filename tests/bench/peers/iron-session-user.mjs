// oauth4webapi with iron-session, where the session is who it is, without the tokens.
import { person } from '../app.mjs'
import { makePeerWith } from './iron-session.mjs'

export const makePeer = makePeerWith(() => ({ user: person }))
