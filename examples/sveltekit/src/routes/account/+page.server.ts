import { redirect } from '@sveltejs/kit'
import { createClient } from '#lib/server/supabase.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { data } = await createClient(event).auth.getClaims()
  if (!data) redirect(303, '/auth/sign-in?provider=bitbucket&next=/account')
  return { email: data.claims.email }
}
