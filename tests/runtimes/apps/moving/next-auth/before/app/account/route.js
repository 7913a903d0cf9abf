import { auth } from '@/auth'

export async function GET() {
  const session = await auth()
  return new Response(session?.person ?? 'nobody')
}
