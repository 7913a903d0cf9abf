import { auth } from 'AUTH_MODULE'
import type { Handle } from '@sveltejs/kit/hooks'

export const handle: Handle = ({ event, resolve }) => auth.handle(event) ?? resolve(event)
