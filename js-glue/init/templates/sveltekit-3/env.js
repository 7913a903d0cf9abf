import { defineEnvVars } from '@sveltejs/kit/env'

/** SvelteKit checks the names; a variable without a value stays undefined, and breaks no build. */
export const variables = defineEnvVars({
  VARIABLES,
})
