/** What the library of Azure calls the attributes of a cookie that Landfall sends. */
const ATTRIBUTES = {
  path: (value) => ({ path: value }),
  domain: (value) => ({ domain: value }),
  'max-age': (value) => ({ maxAge: Number(value) }),
  expires: (value) => ({ expires: new Date(value) }),
  samesite: (value) => ({ sameSite: value }),
  httponly: () => ({ httpOnly: true }),
  secure: () => ({ secure: true }),
}

const splitPair = (text) => {
  const at = text.indexOf('=')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

const toCookie = (line) => {
  const [[name, value], ...attributes] = line.split('; ').map(splitPair)
  return Object.assign(
    { name, value },
    ...attributes.map(([key, text]) => ATTRIBUTES[key.toLowerCase()]?.(text)),
  )
}

/** Of several Set-Cookie headers the library keeps one, so cookies go separately. @param {import('landfall').Auth} auth */
export const makeHandler = (auth) => async (request) => {
  const response = await auth.handle(request)
  if (!response) return { status: 404 }
  const headers = new Headers(response.headers)
  const cookies = headers.getSetCookie().map(toCookie)
  headers.delete('set-cookie')
  return { status: response.status, headers, cookies, body: await response.text() }
}
