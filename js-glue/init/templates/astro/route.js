import { auth } from 'AUTH_MODULE'

export const prerender = false

export const ALL = (context) => auth.handle(context) ?? new Response('Not found', { status: 404 })
