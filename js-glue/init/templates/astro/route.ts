import type { APIRoute } from 'astro'
import { auth } from 'AUTH_MODULE'

export const prerender = false

export const ALL: APIRoute = (context) => auth.handle(context) ?? new Response('Not found', { status: 404 })
