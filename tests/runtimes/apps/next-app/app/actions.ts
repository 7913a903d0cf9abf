'use server'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { NextResponse } from 'next/server'
import { auth } from '../lib/auth'

export const signIn = async (form: FormData) => {
  const request = { headers: await headers() }
  const { url, setCookie } = auth.start({ provider: 'work', next: String(form.get('next')), request })
  const lines = setCookie.map((line): [string, string] => ['set-cookie', line])
  const store = await cookies()
  for (const cookie of new NextResponse(null, { headers: lines }).cookies.getAll()) store.set(cookie)
  redirect(url)
}
