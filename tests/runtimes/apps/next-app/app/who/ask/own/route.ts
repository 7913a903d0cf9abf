import { getUser } from 'landfall/next'
import { auth } from '../../../../lib/auth'

export const GET = async () => Response.json(await getUser(auth))
