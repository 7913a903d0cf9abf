// A redirect of a loader's, to where the query says, and the same by a middleware: what React Router makes of it.
import type { LoaderFunctionArgs, MiddlewareFunction } from 'react-router'

const redirect = ({ request }: Pick<LoaderFunctionArgs, 'request'>) =>
  new Response(null, {
    status: 303,
    headers: { location: new URL(request.url).searchParams.get('to') ?? '/' },
  })

export const middleware: MiddlewareFunction<Response>[] = [
  (args, next) => (args.request.url.includes('/loader/by-middleware') ? redirect(args) : next()),
]

export const loader = redirect
