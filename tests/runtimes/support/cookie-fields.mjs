// Requests whose Cookie fields go out one by one, as they are: Node's HTTP/1 client would join them.
import { connect as connectHttp2 } from 'node:http2'
import { connect } from 'node:net'

/** @typedef {{ status: number, location: string, setCookie: string[], body: string }} Answer */

const readAll = async (stream) => {
  let all = ''
  for await (const chunk of stream.setEncoding('latin1')) all += chunk
  return all
}

/** @param {string} origin @param {string} path @param {string[]} cookies a line each @returns {Promise<Answer>} */
export const askOverHttp1 = async (origin, path, cookies) => {
  const { host, hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  const lines = [`GET ${path} HTTP/1.1`, `Host: ${host}`, ...cookies.map((one) => `Cookie: ${one}`)]
  socket.write([...lines, 'Connection: close', '', ''].join('\r\n'))
  const [head, ...body] = (await readAll(socket)).split('\r\n\r\n')
  const valuesOf = (name) => [...head.matchAll(new RegExp(`^${name}: (.*)$`, 'gim'))].map((match) => match[1])
  return {
    status: Number(head.split(' ')[1]),
    location: valuesOf('location')[0] ?? '',
    setCookie: valuesOf('set-cookie'),
    body: body.join('\r\n\r\n'),
  }
}

/** As a browser does it, which sends each cookie in a field of its own. @param {string} origin @param {string} path @param {string[]} cookies @param {import('node:tls').ConnectionOptions} tls @returns {Promise<Answer>} */
export const askOverHttp2 = async (origin, path, cookies, tls) => {
  const client = connectHttp2(origin, tls)
  try {
    const stream = client.request({ ':path': path, cookie: cookies })
    const broken = new Promise((_, reject) => client.once('error', reject))
    const answered = new Promise((resolve, reject) => stream.once('response', resolve).once('error', reject))
    const headers = await Promise.race([answered, broken])
    const { ':status': status, location = '', 'set-cookie': setCookie = [] } = headers
    return { status, location, setCookie, body: await readAll(stream) }
  } finally {
    client.close()
  }
}
