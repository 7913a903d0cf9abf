import { auth, SAVED } from '../../lib/auth'

/** Reads the address, so that no build answers it. */
export const GET = async ({ url }: Request) => Response.json({ url, notSet: auth.check(), saved: SAVED })
