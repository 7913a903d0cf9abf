import { Hono } from 'hono'
import { handle } from 'hono/lambda-edge'

/** At the event "viewer request". @param {import('landfall').Auth} auth */
export const makeHandler = (auth) => {
  const app = new Hono()
  app.use(async (context, next) => (await auth.handle(context.req.raw)) ?? next())
  return handle(app)
}
