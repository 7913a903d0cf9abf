import { auth } from '../../../lib/auth'

export const GET = auth.confirm
export const POST = auth.confirm
