/** Reads addresses that others name. No other part of the doctor reads them. */
import { isLoopback as isLoopbackHost } from '../loopback.js'

/** They name no host, and connecting to them reaches this machine; URL keeps a dot at the end of a name. */
const NO_HOST = /^(?:0\.0\.0\.0|\[::\]|\[::ffff:0:0\]|.*\.)$/

/**
 * An http(s) address of a host, or undefined for anything else. One with a user name is none: it would be sent along.
 * @param {string | null} text
 * @param {string} [base] for one that may be relative
 */
export const parseAddress = (text, base) => {
  if (text === null || !URL.canParse(text, base)) return undefined
  const url = new URL(text, base)
  const isSafe = /^https?:$/.test(url.protocol) && !url.username && !url.password
  return isSafe && !NO_HOST.test(url.hostname) ? url : undefined
}

/**
 * Whether an address is one of this machine.
 * @param {string | URL} url
 */
export const isLoopback = (url) => isLoopbackHost(new URL(url).hostname)

/**
 * Whether an address that a server names may be asked: a server elsewhere names no address of this machine, and nothing
 * over plain http.
 * @param {string} server
 * @param {URL} named
 */
export const mayAsk = (server, named) =>
  isLoopback(server) || (named.protocol === 'https:' && !isLoopback(named))

/**
 * Whether two addresses are one place of this machine by two names, such as localhost and 127.0.0.1. Browsers keep
 * their cookies apart.
 * @param {URL} one
 * @param {URL} other
 */
export const isTwin = (one, other) =>
  isLoopback(one) &&
  isLoopback(other) &&
  one.hostname !== other.hostname &&
  one.port === other.port &&
  one.protocol === other.protocol

/**
 * How createAuth takes an origin: plain http is for this machine alone.
 * @param {string} origin
 */
export const toPublic = (origin) => (isLoopback(origin) ? origin : origin.replace('http:', 'https:'))
