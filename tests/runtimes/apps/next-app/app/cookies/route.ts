// What Next makes of cookies: it sets the Set-Cookie lines that it is given, and tells what it reads.
import { cookies } from 'next/headers'
import { type NextRequest, NextResponse } from 'next/server'

export const GET = (request: NextRequest) =>
  Response.json({ header: request.headers.get('cookie'), cookies: request.cookies.getAll() })

export const POST = async (request: NextRequest) => {
  const lines: string[] = await request.json()
  const headers = lines.map((line): [string, string] => ['set-cookie', line])
  const store = await cookies()
  for (const cookie of new NextResponse(null, { headers }).cookies.getAll()) store.set(cookie)
  return new Response(null, { status: 204 })
}
