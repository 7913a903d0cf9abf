// The part of the Auth server that only the service role key opens: users made and removed, and links without mail.
import { AuthFailure } from './supabase-failures.mjs'
import { readJson } from './supabase-json-body.mjs'
import { userJson } from './supabase-users.mjs'

function checkAdmin({ headers }, { serviceRoleKey }) {
  const token = /^[Bb]earer (\S+)$/.exec(headers.get('authorization') ?? '')?.[1]
  if (!token) throw new AuthFailure(401, 'no_authorization', 'This endpoint requires a valid Bearer token')
  if (token !== serviceRoleKey) throw new AuthFailure(403, 'not_admin', 'User not allowed')
}

/** POST /admin/users with `{ email, email_confirm }`. */
export function makeUser(request, context) {
  checkAdmin(request, context)
  const { email, email_confirm: isConfirmed } = readJson(request, 'AdminUserParams')
  const user = context.users.withEmail(email)
  if (isConfirmed) context.users.confirm(user)
  return { status: 200, body: userJson(user) }
}

/** DELETE /admin/users/{id}: the sessions of the user go as well. */
export function removeUser(request, context) {
  checkAdmin(request, context)
  const id = request.path.split('/').at(-1)
  if (!context.users.rows.delete(id)) throw new AuthFailure(404, 'user_not_found', 'User not found')
  context.sessions.closeAllOf(id)
  return { status: 200, body: {} }
}

/** POST /admin/generate_link with `{ type, email }`: what the mail would hold. */
export function generateLink(request, context) {
  checkAdmin(request, context)
  const { type, email } = readJson(request, 'GenerateLinkParams')
  const hash = context.emailLinks.issue({ type, email })
  const more = { hashed_token: hash, verification_type: type, redirect_to: context.options.siteUrl }
  return { status: 200, body: { ...userJson(context.users.withEmail(email)), ...more } }
}
