import { auth } from 'AUTH_MODULE'

const handle = ({ request }) => auth.handle(request) ?? new Response('Not found', { status: 404 })

export { handle as action, handle as loader }
