import { defineConfig } from 'vite'

// These two by name: a prefix could let a secret into the page.
export default defineConfig({ envPrefix: ['SUPABASE_URL', 'SUPABASE_ANON_KEY'], server: { port: 3000 } })
