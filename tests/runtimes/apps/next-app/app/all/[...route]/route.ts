// All routes in one file; and options that are read when the first of them is asked.
import { createAuth } from 'landfall'
import { options } from '../../../lib/auth'

const paths = { signIn: '/all/sign-in', callback: '/all/callback', signOut: '/all/sign-out' }
const auth = createAuth(() => ({ ...options, paths }))

export const GET = auth.handle
export const POST = (request: Request) => auth.handle(request) ?? new Response('Not found', { status: 404 })
