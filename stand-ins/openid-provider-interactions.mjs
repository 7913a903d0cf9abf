// The two questions of the embedded provider: who are you, and what may the app see?
import { drawPicture, signInAs } from './openid-provider-accounts.mjs'
import { consentPage, errorPage, loginPage, sendPage, stylesheet } from './openid-provider-pages.mjs'

const MAX_FORM_BYTES = 16 * 1024
const DENIED = { error: 'access_denied', error_description: 'The person pressed Deny.' }
const CANCELLED = { error: 'access_denied', error_description: 'The person pressed Cancel.' }

/**
 * Answers the provider's own pages.
 *
 * @returns {(request, response, path: string) => Promise<boolean>} false when the path is oidc-provider's
 */
export function createInteractions(provider) {
  return async (request, response, path) => {
    if (path === '/') return sendPage(response, 200, errorPage('home', ''))
    if (path === '/provider.css') {
      response.writeHead(200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=300' })
      response.end(stylesheet)
      return true
    }
    if (path.startsWith('/picture/')) return sendPicture(response, path)
    if (!path.startsWith('/interaction/')) return false

    const details = await provider.interactionDetails(request, response)
    const client = await provider.Client.find(details.params.client_id)
    if (request.method === 'POST') {
      const form = await readForm(request)
      const ask = details.prompt.name === 'login' ? answerLogin : answerConsent
      const result = await ask(provider, details, form)
      if (result) {
        await provider.interactionFinished(request, response, result)
        return true
      }
    }
    sendPage(response, 200, pageFor(details, client))
    return true
  }
}

function pageFor(details, client) {
  const facts = {
    action: `/interaction/${details.uid}`,
    clientName: client.clientName ?? client.clientId,
    clientOrigin: new URL(details.params.redirect_uri).origin,
    account: details.session?.accountId,
    scopes: details.params.scope?.split(' ') ?? [],
    hint: details.params.login_hint ?? '',
  }
  return details.prompt.name === 'login' ? loginPage(facts) : consentPage(facts)
}

function answerLogin(_provider, _details, form) {
  if (form.get('decision') === 'cancel') return CANCELLED
  const accountId = signInAs(form.get('username') ?? '')
  return accountId && { login: { accountId, remember: true } }
}

async function answerConsent(provider, details, form) {
  const decision = form.get('decision')
  if (decision === 'deny') return DENIED
  if (decision !== 'allow') return null
  const { params, session, grantId } = details
  const known = grantId && (await provider.Grant.find(grantId))
  const grant = known || new provider.Grant({ accountId: session.accountId, clientId: params.client_id })
  if (params.scope) grant.addOIDCScope(params.scope)
  return { consent: { grantId: await grant.save() } }
}

function sendPicture(response, path) {
  const picture = drawPicture(path.slice('/picture/'.length).replace(/\.svg$/, ''))
  response.writeHead(picture ? 200 : 404, {
    'content-type': 'image/svg+xml',
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
  })
  response.end(picture ?? '')
  return true
}

async function readForm(request) {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk
    if (text.length > MAX_FORM_BYTES) throw new Error('The form is too large.')
  }
  return new URLSearchParams(text)
}
