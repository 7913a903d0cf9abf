import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig, loadEnv } from 'vite'

export default defineConfig(({ mode }) => {
  // Forms are taken from this origin alone; without it, SvelteKit's server for Node thinks that it is on https.
  const { APP_ORIGIN: origin } = loadEnv(mode, '.', 'APP_')
  return { plugins: [sveltekit({ adapter: adapter(), paths: { origin } })], server: { port: 3000 } }
})
