import { getUser } from '../lib/auth.js'

export const config = { runtime: 'edge' }

const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const page = (user) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Your account</title>
<h1>Your account</h1>
<p>You are signed in as ${escapeHtml(user.email)}.</p>
<form method="post" action="/auth/sign-out"><button>Sign out</button></form>
`

export const GET = async (request) => {
  const user = await getUser(request)
  const headers = { 'cache-control': 'private, no-store' }
  if (user)
    return new Response(page(user), { headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } })
  const location = '/auth/sign-in?provider=bitbucket&next=/api/account'
  return new Response(null, { status: 303, headers: { ...headers, location } })
}
