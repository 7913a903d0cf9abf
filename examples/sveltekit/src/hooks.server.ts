import { authHandle } from 'landfall/sveltekit'
import { auth } from '#lib/server/auth.ts'

export const handle = authHandle(auth)
