'use server'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { NextResponse } from 'next/server'
import { auth } from '@/lib/auth'

/** Starts a sign-in from a form. A link to /auth/sign-in does the same: use an action only if the form does more. */
export const signIn = async () => {
  const request = { headers: await headers() }
  const { url, setCookie } = auth.start({ provider: 'bitbucket', next: '/account', request })
  // An action sets cookies one by one, so Next parses the lines.
  const lines = setCookie.map((line): [string, string] => ['set-cookie', line])
  const store = await cookies()
  for (const cookie of new NextResponse(null, { headers: lines }).cookies.getAll()) store.set(cookie)
  redirect(url)
}
