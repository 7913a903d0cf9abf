import { authHandle } from 'landfall/sveltekit'
import { auth } from 'AUTH_MODULE'

export const handle = authHandle(auth)
