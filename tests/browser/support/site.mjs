// Another site on this machine: plain pages, and a record of what was asked of it.
import { createServer } from 'node:http'

const MAX_HEADER_BYTES = 256 * 1024

/**
 * @param {Record<string, string> | ((request: import('node:http').IncomingMessage) =>
 *   any)} pages HTML by path, or a function
 * @param {string} [host] how it is called: `localhost` is another site than 127.0.0.1, another port is not
 */
export async function startSite(pages, host = '127.0.0.1') {
  const answer =
    typeof pages === 'function'
      ? pages
      : ({ url }) => (pages[url] === undefined ? undefined : { body: pages[url] })
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, async (request, response) => {
    const { status = 200, headers, body = '' } = (await answer(request)) ?? { status: 404 }
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers })
    response.end(body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://${host}:${server.address().port}`,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  }
}
