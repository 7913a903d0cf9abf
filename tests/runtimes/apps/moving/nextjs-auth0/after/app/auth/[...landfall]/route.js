import { handlers } from 'landfall/next'
import { auth } from '@/lib/auth'

export const { GET, POST } = handlers(auth)
