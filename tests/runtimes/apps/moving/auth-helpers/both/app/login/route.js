import { redirect } from 'next/navigation'
import { createClient } from '@/lib/supabase'

export const dynamic = 'force-dynamic'

export async function GET() {
  const { data } = await createClient().auth.signInWithOAuth({
    provider: 'bitbucket',
    options: { redirectTo: `${process.env.APP_ORIGIN}/auth/callback` },
  })
  redirect(data.url)
}
