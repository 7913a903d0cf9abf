// Runs before the account page: renews the session, and sends people without a session to the sign-in.
import { createServerClient } from '@supabase/ssr'
import { type NextRequest, NextResponse } from 'next/server'

const { APP_ORIGIN, SUPABASE_URL = '', SUPABASE_ANON_KEY = '' } = process.env

export const config = { matcher: '/account/:path*' }

export const proxy = async (request: NextRequest) => {
  let response = NextResponse.next({ request })
  const supabase = createServerClient(SUPABASE_URL, SUPABASE_ANON_KEY, {
    cookies: {
      getAll: () => request.cookies.getAll(),
      setAll(cookies, headers) {
        for (const { name, value } of cookies) request.cookies.set(name, value)
        response = NextResponse.next({ request, headers })
        for (const { name, value, options } of cookies) response.cookies.set(name, value, options)
      },
    },
  })
  const { data } = await supabase.auth.getClaims()
  if (data) return response
  const { pathname, search } = request.nextUrl
  const query = new URLSearchParams({ provider: 'bitbucket', next: pathname + search })
  return NextResponse.redirect(new URL(`/auth/sign-in?${query}`, APP_ORIGIN ?? request.url))
}
