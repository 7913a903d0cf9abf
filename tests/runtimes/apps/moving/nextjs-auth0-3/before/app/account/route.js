import { getSession } from '@auth0/nextjs-auth0'
import { findPerson } from '@/people'

export const dynamic = 'force-dynamic'

export async function GET() {
  const session = await getSession()
  return new Response(session ? findPerson(session.user.sub) : 'nobody')
}
