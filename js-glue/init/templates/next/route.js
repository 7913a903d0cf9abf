import { handlers } from 'landfall/next'
import { auth } from 'AUTH_MODULE'

export const { GET, POST } = handlers(auth)
