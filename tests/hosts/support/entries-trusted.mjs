// An app at several addresses: which headers name the one that people see.

/** @param {[string, string][][]} requests the headers of each @returns {import('./entries-direct.mjs').Drive} */
const signIns = (requests) => async (visit) => {
  for (const headers of requests) await visit.send('GET', visit.signInPath('work'), headers)
}
const HTTPS = /** @type {[string, string]} */ (['x-forwarded-proto', 'https'])

/** @type {Record<string, import('./entries-direct.mjs').Drive>} */
export const TRUSTED = {
  'this machine': signIns([[]]),
  'a host that is trusted': signIns([
    [['x-forwarded-host', 'app.example'], HTTPS],
    [['host', 'app.example'], HTTPS],
    [['forwarded', 'for=192.0.2.1;host=app.example;proto=https']],
  ]),
  'a host that is not': signIns([
    [['x-forwarded-host', 'evil.example'], HTTPS],
    [['host', 'evil.example'], HTTPS],
    [['forwarded', 'host=evil.example;proto=https']],
  ]),
  'no scheme': signIns([[['x-forwarded-host', 'app.example']], [['host', 'app.example']]]),
  'a header that comes twice': signIns([
    [['x-forwarded-host', 'app.example'], ['x-forwarded-host', 'evil.example'], HTTPS],
    [['x-forwarded-host', 'evil.example'], ['x-forwarded-host', 'app.example'], HTTPS],
    [['x-forwarded-host', 'app.example'], HTTPS, ['x-forwarded-proto', 'http']],
    [
      ['forwarded', 'host=app.example;proto=https'],
      ['forwarded', 'host=evil.example;proto=https'],
    ],
  ]),
}
