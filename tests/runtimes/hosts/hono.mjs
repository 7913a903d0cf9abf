// Serves a Hono app on Node: `node hono.mjs <file>`. What the app asks of a provider goes to the stand-in at STAND_IN, if there is one.
import { pathToFileURL } from 'node:url'
import { serve } from '@hono/node-server'

const { PORT, STAND_IN } = process.env

if (STAND_IN) {
  const { fetch } = globalThis
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const { protocol, host, pathname, search } = new URL(request.url)
    if (protocol !== 'https:') return fetch(request)
    const { method, headers } = request
    const body = method === 'POST' ? await request.arrayBuffer() : undefined
    const response = await fetch(`${STAND_IN}/${host}${pathname}${search}`, { method, headers, body })
    // One of our own, so that it names no other address.
    return new Response(response.body, response)
  }
}

const { default: app } = await import(pathToFileURL(process.argv[2]).href)
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(PORT) }, () => console.log('ready'))
