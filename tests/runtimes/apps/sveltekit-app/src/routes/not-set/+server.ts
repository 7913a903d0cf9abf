import { auth } from '../../auth.ts'

export const GET = () => Response.json({ notSet: auth.check() })
