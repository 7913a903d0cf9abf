// A FETCH step for the transport alone.
import * as FETCH from '../../../dist/generated/messages/fetch.js'

export const URL_ = 'https://as.example/token'
export const MAX_BYTES = 1000

/** A FETCH step. @param {Record<string, string | number>} [more] */
export const makeStep = (more = {}) => {
  const given = {
    url: URL_,
    method: 'GET',
    max_bytes: MAX_BYTES,
    deadline: 2000,
    patience: 3000,
    delay: 0,
    max_age: 0,
    again: '',
    ...more,
  }
  const step = FETCH.NAMES.slice(0, FETCH.header_0).map((name) => String(given[name] ?? ''))
  return [...step, 'accept', 'application/json']
}
