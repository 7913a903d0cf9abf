// Stand-ins for what is in front of a function in a cloud: HTTP in, the documented event out, and back. No cloud runs here.
import { createServer } from 'node:http'
import azure from '@azure/functions'
import { serialize } from 'cookie'

const readBody = async (request) => Buffer.concat(await request.toArray())

/** The event of API Gateway's HTTP APIs and of function URLs, payload format 2.0. */
const toEvent = ({ method, url, headers }, body) => {
  const { cookie, ...others } = headers
  const [path, query = ''] = url.split('?')
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(cookie && { cookies: cookie.split('; ') }),
    headers: others,
    requestContext: {
      domainName: headers.host,
      stage: '$default',
      requestId: 'r',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
    },
    body: body.toString('base64'),
    isBase64Encoded: true,
  }
}

/** The event of CloudFront at a viewer request, with the body included. */
const toRecords = ({ method, url, headers }, body) => {
  const [uri, querystring = ''] = url.split('?')
  const list = Object.entries(headers).map(([key, value]) => [key, [{ key, value }]])
  const request = {
    clientIp: '127.0.0.1',
    method,
    uri,
    querystring,
    headers: Object.fromEntries(list),
    body: { inputTruncated: false, action: 'read-only', encoding: 'base64', data: body.toString('base64') },
  }
  const config = { distributionDomainName: headers.host, eventType: 'viewer-request', requestId: 'r' }
  return { Records: [{ cf: { config, request } }] }
}

const writeAnswer = (response, { statusCode, headers, cookies = [], body, isBase64Encoded }) =>
  response
    .writeHead(statusCode, { ...headers, ...(cookies.length > 0 && { 'set-cookie': cookies }) })
    .end(Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'))

const writeCloudFront = (response, { status, headers, body, bodyEncoding }) => {
  for (const [name, list] of Object.entries(headers))
    response.setHeader(
      name,
      list.map(({ value }) => value),
    )
  response
    .writeHead(Number(status))
    .end(Buffer.from(body ?? '', bodyEncoding === 'base64' ? 'base64' : 'utf8'))
}

/** The request of Azure's own library. */
const toAzure = ({ method, url, headers }, body) =>
  new azure.HttpRequest({
    method,
    url: `http://${headers.host}${url}`,
    headers,
    ...(body.length > 0 && { body: { bytes: body } }),
  })

/** As that library writes a response: headers one by one, then the cookies. */
const writeAzure = (response, { status, headers = {}, cookies = [], body = '' }) => {
  for (const [name, value] of new Headers(headers)) response.setHeader(name, value)
  const lines = cookies.map(({ name, value, sameSite, ...more }) =>
    serialize(name, value, { ...more, sameSite: sameSite?.toLowerCase() }),
  )
  if (lines.length > 0) response.setHeader('set-cookie', lines)
  response.writeHead(status).end(body)
}

const GATEWAYS = {
  lambda: [toEvent, writeAnswer],
  'lambda-edge': [toRecords, writeCloudFront],
  'azure-functions': [toAzure, writeAzure],
}

/**
 * @param {keyof typeof GATEWAYS} name
 * @param {() => (event: object, context: object) => Promise<any>} getHandler
 */
export const startGateway = async (name, getHandler) => {
  const [read, write] = GATEWAYS[name]
  const server = createServer(async (request, response) => {
    const event = read(request, await readBody(request))
    write(response, await getHandler()(event, {}))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  }
}
