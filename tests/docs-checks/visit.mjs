// The process in which a block of the documents runs: `node visit.mjs <block> [stand-in for Bitbucket]`. With a stand-in, somebody signs
// in there, and the cookies of the answer are printed; without one, the options that have no value are.
const [file, standIn] = process.argv.slice(2)

globalThis.findOrCreateAccount = async (_, sub) => ({ id: sub, role: 'reader' })
globalThis.makeSessionCookie = async ({ provider }) => `session=${provider}; Path=/; HttpOnly; Secure`

const { auth } = await import(file)
if (!standIn) console.log(JSON.stringify(auth.check()))
else {
  const toStandIn = async (address, init) => {
    const { pathname, search } = new URL(address)
    const answer = await globalFetch(standIn + pathname + search, { ...init, redirect: 'manual' })
    // One of our own: a Response that names another address counts as a redirect.
    return new Response(answer.body, answer)
  }
  const globalFetch = globalThis.fetch
  globalThis.fetch = toStandIn
  const { url, setCookie } = auth.start({ provider: 'bitbucket', next: '/welcome' })
  const cookie = setCookie.map((line) => line.split(';')[0]).join('; ')
  const { headers } = await toStandIn(url)
  const response = await auth.handle(new Request(headers.get('location'), { headers: { cookie } }))
  console.log(response.headers.get('location'))
  for (const line of response.headers.getSetCookie()) console.log(line)
}
