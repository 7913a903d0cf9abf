import { auth } from '../lib/auth.server'

export const loader = auth.callback
