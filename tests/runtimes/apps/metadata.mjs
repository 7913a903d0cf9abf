// An app with a provider that has only an issuer: SETTINGS = { issuer }.
import { createAuth } from 'landfall'

const auth = createAuth({
  providers: { work: { issuer: SETTINGS.issuer, clientId: 'public' } },
  secret: 'only a secret of the tests in all runtimes, and long enough',
})

export default {
  fetch: (request) => auth.handle(request),
}
