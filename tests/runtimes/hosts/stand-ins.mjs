// For an app's process, `node --import stand-ins.mjs`: what it asks of a provider goes to the stand-in that STAND_INS names for the origin.
const standIns = JSON.parse(process.env.STAND_INS ?? '{}')
const { fetch } = globalThis

globalThis.fetch = async (input, init) => {
  const { origin, protocol, host, pathname, search } = new URL(input.url ?? input)
  if (!standIns[origin]) return fetch(input, init)
  const request = new Request(input, init)
  const headers = new Headers(request.headers)
  headers.set('x-forwarded-host', host)
  headers.set('x-forwarded-proto', protocol.slice(0, -1))
  const { method } = request
  const body = method === 'POST' ? await request.arrayBuffer() : undefined
  const response = await fetch(standIns[origin] + pathname + search, { method, headers, body })
  // One of our own, so that it names no other address.
  return new Response(response.body, response)
}
