import { auth } from '#lib/server/auth.ts'

export const GET = auth.error
