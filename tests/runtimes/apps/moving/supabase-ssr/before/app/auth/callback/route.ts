import { createClient } from '@/lib/supabase'

export async function GET(request: Request) {
  const { searchParams } = new URL(request.url)
  const headers = new Headers({ location: searchParams.get('next') ?? '/' })
  const supabase = createClient(request, headers)
  const { error } = await supabase.auth.exchangeCodeForSession(searchParams.get('code') ?? '')
  if (error) headers.set('location', '/auth/auth-code-error')
  return new Response(null, { status: 303, headers })
}
