import { defineConfig } from 'vite'

// Name these two variables: a prefix can let a secret into the app.
export default defineConfig({ envPrefix: ['SUPABASE_URL', 'SUPABASE_ANON_KEY'] })
