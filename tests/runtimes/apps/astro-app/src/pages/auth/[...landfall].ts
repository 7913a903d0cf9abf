import type { APIRoute } from 'astro'
import { auth } from '../../auth'

export const ALL: APIRoute = (context) => auth.handle(context) ?? new Response('Not found\n', { status: 404 })
