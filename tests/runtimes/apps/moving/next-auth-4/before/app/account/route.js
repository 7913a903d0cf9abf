import { getServerSession } from 'next-auth'
import { options } from '@/auth'

export const dynamic = 'force-dynamic'

export async function GET() {
  const session = await getServerSession(options)
  return new Response(session?.person ?? 'nobody')
}
