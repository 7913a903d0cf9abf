'use server'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { NextResponse } from 'next/server'
import { auth } from '@/lib/auth'

/** A sign-in out of a form. A link to /auth/sign-in does the same: an action is for forms that do more. */
export const signIn = async () => {
  const request = { headers: await headers() }
  const { url, setCookie } = auth.start({ provider: 'bitbucket', next: '/account', request })
  // An action sets cookies one by one, so Next takes the lines apart.
  const lines = setCookie.map((line): [string, string] => ['set-cookie', line])
  const store = await cookies()
  for (const cookie of new NextResponse(null, { headers: lines }).cookies.getAll()) store.set(cookie)
  redirect(url)
}
