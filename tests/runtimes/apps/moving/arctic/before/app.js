import { Bitbucket, generateState } from 'arctic'
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { addPages, findPerson, makeSessionCookie } from '@/session'

const { APP_ORIGIN, BITBUCKET_CLIENT_ID, BITBUCKET_CLIENT_SECRET } = process.env
const callback = `${APP_ORIGIN}/login/bitbucket/callback`
const bitbucket = new Bitbucket(BITBUCKET_CLIENT_ID, BITBUCKET_CLIENT_SECRET, callback)

const fetchUser = async (accessToken) => {
  const headers = { authorization: `Bearer ${accessToken}` }
  return (await fetch('https://api.bitbucket.org/2.0/user', { headers })).json()
}

const app = new Hono()
addPages(app)

app.get('/login/bitbucket', (c) => {
  const state = generateState()
  setCookie(c, 'bitbucket_oauth_state', state, { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 600 })
  return c.redirect(bitbucket.createAuthorizationURL(state).href)
})

app.get('/login/bitbucket/callback', async (c) => {
  const { code, state } = c.req.query()
  if (!code || state !== getCookie(c, 'bitbucket_oauth_state')) return c.text('start again', 400)
  const tokens = await bitbucket.validateAuthorizationCode(code)
  const user = await fetchUser(tokens.accessToken())
  c.header('set-cookie', await makeSessionCookie(findPerson(user.uuid, user.display_name)))
  return c.redirect('/account', 303)
})

export default app
