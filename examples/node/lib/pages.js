const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const page = (title, body, setCookie = []) =>
  new Response(
    `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<h1>${title}</h1>
${body}`,
    {
      headers: [
        ['content-type', 'text/html; charset=utf-8'],
        ['cache-control', 'private, no-store'],
        ...setCookie.map((line) => ['set-cookie', line]),
      ],
    },
  )

export const home = () =>
  page(
    'Welcome',
    '<p><a href="/auth/sign-in?provider=bitbucket&amp;next=/account">Continue with Bitbucket</a></p>',
  )

export const account = (user, setCookie) =>
  page(
    'Your account',
    `<p>You are signed in as ${escapeHtml(user.email ?? '')}.</p>
<form method="post" action="/auth/sign-out"><button>Sign out</button></form>`,
    setCookie,
  )

export const notFound = () => new Response('Not found\n', { status: 404 })
