// Serves a Hono app on Node: `node hono.mjs <file>`.
import { pathToFileURL } from 'node:url'
import { serve } from '@hono/node-server'

const { default: app } = await import(pathToFileURL(process.argv[2]).href)
const { PORT } = process.env
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(PORT) }, () => console.log('ready'))
