// Sign-out: who may ask for it, what the app does in it, whose token is revoked.

const CROSS_SITE = [
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', origin: 'https://evil.example' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
]

/** @type {Record<string, import('./entries-direct.mjs').Drive>} */
export const SIGN_OUT = {
  'without a session': (visit) => visit.post('/auth/sign-out', { next: '/bye' }),
  'a token is revoked': async (visit) => {
    await visit.open(visit.signInPath('work'))
    await visit.post('/auth/sign-out')
    await visit.post('/auth/sign-out')
  },
  'a token of a provider without revocation': async (visit) => {
    await visit.open(visit.signInPath('good'))
    await visit.post('/auth/sign-out')
  },
  'the provider does not revoke': async (visit, { plain }) => {
    await visit.open(visit.signInPath('work'))
    plain.script(({ endpoint }) => (endpoint === 'revoke' ? { status: 503 } : undefined))
    await visit.post('/auth/sign-out')
    plain.script(null)
  },
  'another site signs nobody out': async (visit) => {
    await visit.open(visit.signInPath('work'))
    const cookie = visit.jar.cookies.headerFor(visit.origin)
    for (const headers of CROSS_SITE)
      await visit.send('POST', '/auth/sign-out', [...Object.entries(headers), ['cookie', cookie]])
  },
  'the app fails': (visit) => {
    visit.jar.cookies.store('app-session=broken; Path=/', visit.origin)
    return visit.post('/auth/sign-out')
  },
  'an evil next': (visit) =>
    visit.open('/auth/sign-out?next=//evil.example', { method: 'POST', from: visit.origin }),
  'a next': (visit) => visit.open('/auth/sign-out?next=/bye%3Fa%3D1', { method: 'POST', from: visit.origin }),
}
