import { auth } from '../lib/auth.server'

export const action = auth.signOut
