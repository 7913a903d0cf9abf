import { auth } from '../auth.server'

export const middleware = [auth.handle]

export const loader = () => new Response('Not found\n', { status: 404 })

export { loader as action }
