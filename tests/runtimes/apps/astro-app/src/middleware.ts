import { defineMiddleware, sequence } from 'astro:middleware'
import { authInFront, FOLDER } from './auth'

/** A middleware of the app's own, behind Landfall's. */
const own = defineMiddleware(async ({ url }, next) => {
  const response = await next()
  response.headers.set('x-own-middleware', url.pathname)
  return response
})

const inFront = defineMiddleware((context, next) => {
  const isOurs = context.url.pathname.startsWith(`${FOLDER}/`)
  return (isOurs && authInFront.handle(context)) || next()
})

export const onRequest = sequence(inFront, own)
