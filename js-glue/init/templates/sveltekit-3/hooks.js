import { auth } from 'AUTH_MODULE'

/** @type {import('@sveltejs/kit/hooks').Handle} */
export const handle = ({ event, resolve }) => auth.handle(event) ?? resolve(event)
