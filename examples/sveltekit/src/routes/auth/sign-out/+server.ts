import { auth } from '#lib/server/auth.ts'

export const POST = auth.signOut
