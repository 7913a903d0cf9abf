// Reads a request whole, and writes answers that a well-kept server would never give.
import { setTimeout as wait } from 'node:timers/promises'

const MAX_BODY_BYTES = 1024 * 1024

/** Reads everything of a request into a plain record. */
export async function readRequest(incoming) {
  const chunks = []
  let size = 0
  for await (const chunk of incoming) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new Error('The request is too large.')
    chunks.push(chunk)
  }
  const url = new URL(incoming.url, `http://${incoming.headers.host}`)
  const headers = new Headers()
  for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
    headers.append(incoming.rawHeaders[at], incoming.rawHeaders[at + 1])
  }
  const body = Buffer.concat(chunks).toString('utf8')
  const form = new URLSearchParams(body)
  const names = [...form.keys()]
  return {
    method: incoming.method,
    path: url.pathname,
    url: url.href,
    query: url.searchParams,
    headers,
    body,
    form,
    duplicates: names.filter((name, index) => names.indexOf(name) !== index),
    basic: readBasic(headers.get('authorization')),
  }
}

/** HTTP Basic as RFC 6749 2.3.1 has it: both parts are form-encoded inside the Base64. */
function readBasic(header) {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(header ?? '')?.[1]
  if (!encoded) return null
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 0) return null
  const decode = (part) => decodeURIComponent(part.replaceAll('+', ' '))
  try {
    return { id: decode(text.slice(0, colon)), secret: decode(text.slice(colon + 1)) }
  } catch {
    return null
  }
}

/** Writes an answer as described by `Answer` in oauth-provider.mjs. */
export async function writeAnswer(response, answer) {
  const { status = 200, headers = {}, body = '', delay, cutAfter } = answer
  if (delay) await wait(delay)
  response.writeHead(status, headers)
  let written = 0
  for await (const chunk of chunksOf(body)) {
    if (response.destroyed) return
    const room = cutAfter === undefined ? chunk.length : Math.min(chunk.length, cutAfter - written)
    written += room
    if (room > 0 && !response.write(chunk.subarray(0, room))) await drained(response)
    if (written === cutAfter) {
      await wait(1)
      response.destroy()
      return
    }
  }
  response.end()
}

async function* chunksOf(body) {
  const iterable = typeof body !== 'string' && (body[Symbol.iterator] || body[Symbol.asyncIterator])
  const parts = iterable && !ArrayBuffer.isView(body) ? body : [isText(body) ? body : JSON.stringify(body)]
  for await (const part of parts) yield Buffer.from(part)
}

const isText = (body) => typeof body === 'string' || ArrayBuffer.isView(body)

function drained(response) {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go)
      resolve()
    }
    response.on('drain', go).on('close', go)
  })
}
