/** A direct provider: its metadata, its keys, its clock, and whether it knows the client. */
import { readMember } from './ask.js'
import { Client } from './client.js'
import { checkClock } from './clock.js'
import { checkKeys } from './key-set.js'
import { seen } from './landfall.js'
import { fixSilence } from './silence.js'

/** @typedef {import('./findings.js').Findings} Findings */
/** @typedef {import('./app.js').App} App */
/** @typedef {import('./ask.js').Asked} Asked */
/** @typedef {import('../event.js').FailedEvent} FailedEvent */
/** @typedef {import('./client.js').Settings} Settings */
/** @typedef {import('./client.js').Outcome} Outcome */

/**
 * What is wrong with metadata.
 * @param {App} app
 * @param {Settings} settings
 * @param {Asked} answer
 * @param {FailedEvent} failure
 */
const explain = ({ provider }, { issuer }, answer, { code, parameter, url = issuer }) => {
  if (code === 'discovery_issuer')
    return {
      detail: `They are for the issuer ${readMember(answer.text, 'issuer')}, not for ${issuer}.`,
      fix: `Copy issuer exactly, with or without its last slash, to providers.${provider}.issuer and --issuer.`,
    }
  return answer.status === 200
    ? {
        detail: `Landfall says ${[code, parameter].filter(Boolean).join(', ')}. They are at ${url}.`,
        fix: `Correct the metadata, or set the addresses in providers.${provider}.`,
      }
    : {
        detail: seen(url, answer),
        fix: fixSilence(answer, 'Check --issuer: its metadata have a fixed path below it.'),
      }
}

/**
 * How a client with a secret names itself: in a header or in the form.
 * @param {boolean} isBasic
 */
const methodOf = (isBasic) => (isBasic ? 'client_secret_basic' : 'client_secret_post')

/**
 * Redeems a code that nobody has, in the other way.
 * @param {App} app
 * @param {Settings} settings
 * @param {boolean} isOpenid
 * @param {string} tokenEndpointAuthMethod
 */
const redeemOtherwise = async (app, settings, isOpenid, tokenEndpointAuthMethod) => {
  const client = new Client(app, settings, isOpenid, { tokenEndpointAuthMethod })
  await client.start()
  return client.redeem()
}

/**
 * Whether the token endpoint knows the client: it refuses the code, and not the client.
 * @param {Findings} findings
 * @param {App} app
 * @param {Settings} settings
 * @param {boolean} isOpenid
 * @param {Outcome} outcome
 */
const checkClient = async (findings, app, settings, isOpenid, { answer, isBasic = false, failure }) => {
  const { provider } = app
  const title = `${provider} knows the client`
  const code = failure?.code
  if (code === 'token_invalid_grant') return findings.fine('client', title)
  if (!answer?.status)
    return findings.wrong(
      'client',
      title,
      answer ? seen('The token endpoint', answer) : `Landfall says ${code}.`,
      answer ? fixSilence(answer, 'The app’s server must reach it.') : 'Check --token-endpoint.',
    )
  // Nothing else of the answer is shown: it may echo the secret.
  const said = `The token endpoint answered ${answer.status}`
  if (code !== 'token_invalid_client')
    return findings.unsure(
      'client',
      title,
      `${said} to a code that nobody has: ${code ?? 'it took the code'}.`,
    )
  const other = methodOf(!isBasic)
  const second = await redeemOtherwise(app, settings, isOpenid, other)
  if (second.failure?.code === 'token_invalid_grant')
    return findings.unsure(
      'client',
      title,
      `It does by ${other}, and not by ${methodOf(isBasic)}: ` +
        `set providers.${provider}.tokenEndpointAuthMethod to '${other}'.`,
    )
  const { id, secret } = settings.variables
  return findings.wrong(
    'client',
    title,
    `${said}: it does not accept the client_id or the client_secret.`,
    `Compare ${id} and ${secret} with the values at ${provider}: a new secret ends the old one.`,
  )
}

/**
 * Looks at a direct provider.
 * @param {Findings} findings
 * @param {App} app
 * @param {Settings} settings
 * @param {boolean} isOpenid
 */
export const checkProvider = async (findings, app, settings, isOpenid) => {
  const { issuer, clientId, clientSecret, variables } = settings
  const client = new Client(app, settings, isOpenid)
  const { answer, failure } = await client.start()
  const clock = {
    title: 'The provider’s clock and this machine’s agree',
    fix: 'Synchronise this machine’s clock (NTP).',
  }
  // Landfall knows some providers without their metadata.
  if (answer) {
    const title = `${issuer || app.provider} has metadata`
    if (failure) {
      const { detail, fix } = explain(app, settings, answer, failure)
      return findings.wrong('discovery', title, detail, fix)
    }
    findings.fine('discovery', title)
    checkClock(findings, 'provider-clock', clock.title, answer, clock.fix)
    if (isOpenid) await checkKeys(findings, answer.text)
  }
  if (!clientId || !clientSecret)
    return findings.unsure(
      'client',
      `${app.provider} knows the client`,
      `The doctor did not ask: ${variables.id} or ${variables.secret} is not set.`,
    )
  const redeemed = await client.redeem()
  if (!answer && redeemed.answer)
    checkClock(findings, 'provider-clock', clock.title, redeemed.answer, clock.fix)
  return checkClient(findings, app, settings, isOpenid, redeemed)
}
