import { redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, setHeaders }) => {
  if (!locals.session) redirect(303, '/auth/sign-in?next=/account')
  setHeaders({ 'cache-control': 'private, no-store' })
  return { email: locals.session.user.email }
}
