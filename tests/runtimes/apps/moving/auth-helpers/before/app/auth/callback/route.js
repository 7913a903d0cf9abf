import { NextResponse } from 'next/server'
import { createClient } from '@/lib/supabase'

export async function GET(request) {
  const code = new URL(request.url).searchParams.get('code')
  if (code) await createClient().auth.exchangeCodeForSession(code)
  return NextResponse.redirect(`${process.env.APP_ORIGIN}/account`)
}
