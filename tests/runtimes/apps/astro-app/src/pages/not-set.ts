import { auth } from '../auth'

export const GET = () => Response.json({ notSet: auth.check() })
