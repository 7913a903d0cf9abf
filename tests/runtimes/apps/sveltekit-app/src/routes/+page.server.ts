import { redirect } from '@sveltejs/kit'

export const actions = {
  default: async ({ request }: { request: Request }) => {
    const next = String((await request.formData()).get('next'))
    redirect(303, `/auth/sign-in?${new URLSearchParams({ provider: 'work', next })}`)
  },
}
