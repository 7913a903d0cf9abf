import { defineEnvVars } from '@sveltejs/kit/env'

/** Any value, and none: without a validator, a variable that is not set breaks the build. */
const schema = (value: string | undefined) => value

export const variables = defineEnvVars({
  APP_ORIGIN: { schema },
  SUPABASE_URL: { schema },
  SUPABASE_ANON_KEY: { schema },
})
