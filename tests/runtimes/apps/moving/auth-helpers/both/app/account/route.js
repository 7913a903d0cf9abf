import { createClient } from '@/lib/supabase'

export const dynamic = 'force-dynamic'

export async function GET() {
  const { data } = await createClient().auth.getUser()
  return new Response(data.user?.email ?? 'nobody')
}
