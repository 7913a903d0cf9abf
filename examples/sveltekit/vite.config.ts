import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig, loadEnv } from 'vite'

export default defineConfig(({ mode }) => {
  // SvelteKit accepts forms only from this origin. Without it, its server for Node assumes https.
  const { APP_ORIGIN: origin } = loadEnv(mode, '.', 'APP_')
  return { plugins: [sveltekit({ adapter: adapter(), paths: { origin } })], server: { port: 3000 } }
})
