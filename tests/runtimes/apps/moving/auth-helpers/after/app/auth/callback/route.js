import { auth } from '@/lib/auth'

export const GET = auth.callback
