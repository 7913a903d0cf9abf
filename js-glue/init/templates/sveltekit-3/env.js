import { defineEnvVars } from '@sveltejs/kit/env'

/** Any value, and none: without a validator, a variable that is not set breaks the build. */
const schema = (value) => value

export const variables = defineEnvVars({
  VARIABLES,
})
