/** A direct provider: its metadata, its keys, its clock, and whether it knows the client. */
import { LandfallError } from '../error.js'
import { readMember } from './ask.js'
import { Client, isWhole } from './client.js'
import { checkClock } from './clock.js'
import { checkKeys, checkRowKeys } from './key-set.js'
import { seen } from './landfall.js'
import { checkRow, fillPlaces, issuerOf, readTenant } from './row.js'
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
 * @param {Outcome & { answer: Asked, failure: FailedEvent }} outcome
 */
const explain = ({ provider }, settings, { answer, failure, url }) => {
  const { row, variables } = settings
  const { code, parameter } = failure
  const isOfRow = Boolean(row?.issuer)
  const { issuer: variable } = variables
  const given = variable ? `--issuer or ${variable}` : '--issuer'
  if (code === 'discovery_issuer')
    return {
      detail: `They are for the issuer ${readMember(answer.text, 'issuer')}, not for ${issuerOf(settings)}.`,
      fix: isOfRow
        ? `Landfall knows ${provider} by this issuer. Report it if it changed, and set providers.${provider}.issuer.`
        : `Copy issuer exactly, with or without its last slash, to providers.${provider}.issuer and ${given}.`,
    }
  return answer.status === 200
    ? {
        detail: `Landfall says ${[code, parameter].filter(Boolean).join(', ')}. They are at ${failure.url ?? url}.`,
        fix: `Correct the metadata, or set the addresses in providers.${provider}.`,
      }
    : {
        detail: seen(url, answer),
        fix: fixSilence(
          answer,
          isOfRow
            ? 'The app’s server must reach it: Landfall knows the provider by this address.'
            : `Check ${given}: its metadata have a fixed path below it.`,
        ),
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
 * The environment variables of the client.
 * @param {Settings} settings
 */
const namesOf = ({ client, variables }) => Object.keys(client).map((option) => variables[option])

/**
 * Whether the token endpoint knows the client: it refuses the code, and not the client.
 * @param {Findings} findings
 * @param {App} app
 * @param {Settings} settings
 * @param {boolean} isOpenid
 * @param {Outcome} outcome
 */
const checkClient = async (findings, app, settings, isOpenid, { answer, url, isBasic = false, failure }) => {
  const { provider } = app
  const title = `${provider} knows the client`
  const code = failure?.code
  // Its own address is in the documents of no server: whoever runs the doctor reads what the row gives.
  const endpoint = settings.row ? url : 'The token endpoint'
  if (code === 'token_invalid_grant') return findings.fine('client', title)
  if (!answer?.status)
    return findings.wrong(
      'client',
      title,
      answer ? seen(endpoint, answer) : `Landfall says ${code}.`,
      answer ? fixSilence(answer, 'The app’s server must reach it.') : 'Check --token-endpoint.',
    )
  // Nothing else of the answer is shown: it may echo the secret.
  const said = `${endpoint} answered ${answer.status}`
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
  const isKey = 'privateKey' in settings.client
  return findings.wrong(
    'client',
    title,
    `${said}: it does not accept the client_id or the ${isKey ? 'signature of the key' : 'client_secret'}.`,
    `Compare ${namesOf(settings).join(' and ')} with the values at ${provider}: ` +
      (isKey ? 'a key that was revoked signs for nobody.' : 'a new secret ends the old one.'),
  )
}

/**
 * Says that the client is not tried.
 * @param {Findings} findings
 * @param {App} app
 * @param {Settings} settings
 */
const skipClient = (findings, { provider }, settings) =>
  findings.unsure(
    'client',
    `${provider} knows the client`,
    `The doctor did not ask: ${namesOf(settings).join(' or ')} is not set.`,
  )

/**
 * Looks at metadata, at the clock, and at the client.
 * @param {Findings} findings
 * @param {App} app
 * @param {Settings} settings
 * @param {boolean} isOpenid
 */
const checkServers = async (findings, app, settings, isOpenid) => {
  const client = new Client(app, settings, isOpenid)
  const started = await client.start()
  const { answer, failure } = started
  const clock = {
    title: 'The provider’s clock and this machine’s agree',
    fix: 'Synchronise this machine’s clock (NTP).',
  }
  // A row may have the addresses without metadata.
  if (answer) {
    const title = `${issuerOf(settings)} has metadata`
    if (failure) {
      const { detail, fix } = explain(app, settings, { ...started, answer, failure })
      return findings.wrong('discovery', title, detail, fix)
    }
    findings.fine('discovery', title)
    checkClock(findings, 'provider-clock', clock.title, answer, clock.fix)
    if (isOpenid) await checkKeys(findings, answer.text)
  }
  if (!isWhole(settings)) return skipClient(findings, app, settings)
  const redeemed = await client.redeem()
  if (!answer && redeemed.answer)
    checkClock(findings, 'provider-clock', clock.title, redeemed.answer, clock.fix)
  return checkClient(findings, app, settings, isOpenid, redeemed)
}

/**
 * Looks at a direct provider.
 * @param {Findings} findings
 * @param {App} app
 * @param {Settings} settings
 * @param {boolean} isOpenid
 * @param {URL} [endpoint] to which the app sends people
 */
export const checkProvider = async (findings, app, settings, isOpenid, endpoint) => {
  const { row } = settings
  if (!row) return checkServers(findings, app, settings, isOpenid)
  const known = { ...settings, tenant: endpoint ? readTenant(row, endpoint) : '' }
  if (!checkRow(findings, app, row, known, endpoint)) return undefined
  if (isOpenid && row.jwksUri) await checkRowKeys(findings, fillPlaces(row.jwksUri, known))
  // Without metadata, there is nothing to ask but the token endpoint.
  if (row.authorizationEndpoint && !isWhole(known)) return skipClient(findings, app, known)
  try {
    return await checkServers(findings, app, known, isOpenid)
  } catch (error) {
    if (!(error instanceof LandfallError)) throw error
    const detail = `Landfall refuses it: ${error.message.replace(/^landfall: /, '')}`
    return findings.wrong(
      'client',
      `${app.provider} knows the client`,
      detail,
      `Correct ${namesOf(known).join(' and ')}.`,
    )
  }
}
