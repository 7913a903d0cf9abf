import { auth } from '../lib/auth.server'

/** React Router rewrites a path that a loader redirects to: it drops the bare `#`. What a middleware sends stays as it is. */
export const middleware = [auth.handle]

/** For a path that is no route of Landfall. */
export const loader = () => new Response('Not found\n', { status: 404 })

export { loader as action }
