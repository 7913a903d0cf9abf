// A stand-in for the system's browser, as expo-web-browser opens it: it follows redirects until a link opens the app.
import { BrowserJar } from '../../../../stand-ins/browser-jar.mjs'

/** @param {string} url @param {string} link that ends it */
export const openAuthSessionAsync = async (url, link) => {
  const jar = new BrowserJar()
  for (let next = url; ; ) {
    const response = await jar.fetch(next, { redirect: 'manual' })
    next = new URL(response.headers.get('location'), next).href
    if (next.startsWith(link)) return { type: 'success', url: next }
  }
}
