import { auth } from 'AUTH_MODULE'

const handle = (request: Request) => auth.handle(request) ?? new Response('Not found', { status: 404 })

export { handle as GET, handle as POST }
