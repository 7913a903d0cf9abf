import { defineEnvVars } from '@sveltejs/kit/env'

export const variables = defineEnvVars({ APP_ORIGIN: {}, SUPABASE_URL: {}, SUPABASE_ANON_KEY: {} })
