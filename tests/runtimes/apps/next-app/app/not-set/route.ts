import { auth } from '../../lib/auth'

export const dynamic = 'force-dynamic'

export const GET = () => Response.json(auth.check())
