/** The entry `landfall/next`: Landfall's routes and sign-in in the shapes of Next.js. */
export { handlers, proxyHandler } from '../next/handlers.js'
export { getSession, getUser, protect } from '../next/session.js'
export { signIn } from '../next/sign-in.js'
