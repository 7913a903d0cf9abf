import { readSession } from '@/own-session'

export const GET = (request) => new Response(readSession(request) ?? 'nobody')
