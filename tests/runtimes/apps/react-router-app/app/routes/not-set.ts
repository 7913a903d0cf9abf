import { auth } from '../auth.server'

export const loader = () => Response.json({ notSet: auth.check() })
