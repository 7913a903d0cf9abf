import { auth } from '../lib/auth.js'

export const config = { runtime: 'edge' }

const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const page = (user) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Your account</title>
<h1>Your account</h1>
<p>You are signed in as ${escapeHtml(user.email ?? '')}.</p>
<form method="post" action="/auth/sign-out"><button>Sign out</button></form>
`

export const GET = async (request) => {
  const { session, setCookie, response } = await auth.require(request)
  if (response) return response
  const headers = new Headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'private, no-store',
  })
  for (const line of setCookie) headers.append('set-cookie', line)
  return new Response(page(session.user), { headers })
}
