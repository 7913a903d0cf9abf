// POST /token?grant_type=refresh_token, and a session's end.
import { bearer, claimsOf } from '../../../stand-ins/supabase-client.mjs'
import { refusal, refused } from '../support/fact.mjs'

const NOT_FOUND = refused(400, 'refresh_token_not_found', 'Invalid Refresh Token: Refresh Token Not Found')
const USED = refused(400, 'refresh_token_already_used', 'Invalid Refresh Token: Already Used')

/** @type {import('../support/fact.mjs').Fact[]} */
export const REFRESH = [
  {
    name: 'an empty refresh token',
    recorded: refused(400, 'validation_failed', 'Refresh token is not valid'),
    ask: async ({ client }) => refusal(await client.refresh('')),
  },
  {
    name: 'a refresh token that nobody made',
    recorded: NOT_FOUND,
    ask: async ({ client }) => refusal(await client.refresh('abcdefghijkl')),
  },
  {
    name: 'a refresh token is used once, but a lost answer can be had again',
    needs: ['people'],
    recorded: {
      names: 'access_token token_type expires_in expires_at refresh_token user',
      isSameSession: true,
      isNew: true,
      reuse: 'false',
      isSameAgain: true,
    },
    ask: async ({ client, person }) => {
      const first = await person()
      const { body: second, headers } = await client.refresh(first.refresh_token)
      const { body: again } = await client.refresh(first.refresh_token)
      const [before, after] = [first, second].map((one) => claimsOf(one.access_token).session_id)
      return {
        names: Object.keys(second).join(' '),
        isSameSession: before === after,
        isNew: first.refresh_token !== second.refresh_token,
        reuse: headers.get('sb-auth-refresh-token-reuse'),
        isSameAgain: again.refresh_token === second.refresh_token,
      }
    },
  },
  {
    name: 'a refresh token after the end of its session',
    needs: ['people'],
    recorded: { left: 204, ...NOT_FOUND },
    ask: async ({ client, person }) => {
      const { access_token, refresh_token } = await person()
      const { status: left } = await client.post('/logout', '', bearer(access_token))
      return { left, ...refusal(await client.refresh(refresh_token)) }
    },
  },
  {
    name: 'a family of refresh tokens ends when one is used again too late',
    needs: ['clock'],
    recorded: { first: USED, third: USED, other: 200 },
    ask: async ({ start }) => {
      const { auth, client } = await start()
      const [first, other] = [await client.session(), await client.session()]
      const { body: second } = await client.refresh(first.refresh_token)
      const { body: third } = await client.refresh(second.refresh_token)
      auth.clock.advance(11)
      return {
        first: refusal(await client.refresh(first.refresh_token)),
        third: refusal(await client.refresh(third.refresh_token)),
        other: (await client.refresh(other.refresh_token)).status,
      }
    },
  },
  {
    name: 'a used refresh token works for a moment, and gives a token of its own',
    needs: ['clock'],
    recorded: { status: 200, isNew: true },
    ask: async ({ start }) => {
      const { auth, client } = await start()
      const first = await client.session()
      const { body: second } = await client.refresh(first.refresh_token)
      const { body: third } = await client.refresh(second.refresh_token)
      auth.clock.advance(5)
      const { status, body } = await client.refresh(first.refresh_token)
      return { status, isNew: body.refresh_token !== third.refresh_token }
    },
  },
  {
    name: 'a session that is too old, and a banned person',
    needs: ['settings'],
    recorded: {
      old: refused(400, 'session_expired', 'Invalid Refresh Token: Session Expired'),
      banned: refused(400, 'user_banned', 'Invalid Refresh Token: User Banned'),
      user: refused(403, 'user_banned', 'User is banned'),
    },
    ask: async ({ start }) => {
      const { auth, client } = await start()
      const { refresh_token, access_token } = await client.session()
      auth.sessions.rows.get(claimsOf(access_token).session_id).notAfter = auth.clock.now() - 1
      const old = refusal(await client.refresh(refresh_token))
      auth.users.ban('ada@example.test')
      const banned = refusal(await client.refresh(refresh_token))
      return { old, banned, user: refusal(await client.get('/user', bearer(access_token))) }
    },
  },
]
