import { defineAction } from 'astro:actions'

export const server = {
  /** Where the sign-in starts that the form asks for: an action of Astro's gives a result, and its page redirects. */
  signIn: defineAction({
    accept: 'form',
    handler: (form) =>
      `/auth/sign-in?${new URLSearchParams({ provider: 'work', next: String(form.get('next')) })}`,
  }),
}
