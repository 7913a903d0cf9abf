import { auth, SAVED } from '../../auth.ts'

export const GET = () => Response.json({ notSet: auth.check(), saved: SAVED })
