/** Why a server gave no usable answer, and what to do about it. */
import { seen } from './landfall.js'

/** @typedef {import('./ask.js').Asked} Asked */

/** The names that OpenSSL has for a certificate that does not do, and what helps. */
const CERTIFICATES = [
  {
    pattern: /SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)/,
    fix:
      'Set NODE_EXTRA_CA_CERTS to a file with the certificate of the issuing authority, ' +
      'for the doctor and for the app’s server.',
  },
  {
    pattern: /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/,
    fix: 'Renew its certificate, and check the clock of this machine.',
  },
  { pattern: /ALTNAME/, fix: 'Its certificate is for another host: use that name, or add this one to it.' },
]

/**
 * The change to make where a server does not answer.
 * @param {Asked} asked
 * @param {string} usual for all but certificates
 */
export const fixSilence = ({ problem }, usual) =>
  CERTIFICATES.find(({ pattern }) => pattern.test(problem))?.fix ?? usual

/**
 * How a part of Supabase Auth fails: no answer, or an error of the server itself. Undefined where it works.
 * @param {string} path
 * @param {Asked} asked
 */
export const findFailure = (path, asked) =>
  asked.status !== 0 && asked.status < 500
    ? undefined
    : {
        detail: seen(path, asked),
        fix: fixSilence(asked, SERVER_FAILS),
      }

/** The change to make where the Auth server has a problem of its own. */
export const SERVER_FAILS =
  'Read the log of the Auth server (dashboard: Logs → Auth; self-hosted: docker compose logs auth), ' +
  'and check its database. https://status.supabase.com lists outages.'
