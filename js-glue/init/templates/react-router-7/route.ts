import { auth } from 'AUTH_MODULE'
import type { LoaderFunctionArgs } from 'react-router'

const handle = ({ request }: LoaderFunctionArgs) =>
  auth.handle(request) ?? new Response('Not found', { status: 404 })

export { handle as action, handle as loader }
