import { type MiddlewareFunction, Outlet, Scripts } from 'react-router'

/** A middleware of the app's own, before every route. */
export const middleware: MiddlewareFunction<Response>[] = [
  async ({ request }, next) => {
    const response = await next()
    response.headers.set('x-own-middleware', new URL(request.url).pathname)
    return response
  },
]

export default function Root() {
  return (
    <html lang="en">
      <head>
        <link rel="icon" href="data:," />
      </head>
      <body>
        <Outlet />
        <Scripts />
      </body>
    </html>
  )
}
