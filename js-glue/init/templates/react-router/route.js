import { auth } from 'AUTH_MODULE'

// React Router rewrites a path that a loader redirects to; what a middleware sends stays as it is.
export const middleware = [auth.handle]

export const loader = () => new Response('Not found', { status: 404 })
export { loader as action }
