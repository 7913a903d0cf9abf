// A profile endpoint: needs a token of its provider, the permissions and the headers that the documents name.
import { json } from './answers.mjs'

/**
 * @param {any} world @param {any} row @param {any} request @param {string} address as the row has it
 * @returns {import('./answers.mjs').Answer}
 */
export const answerApi = (world, row, { method, headers, query }, address) => {
  const api = row.apis[address]
  if (method !== 'GET') return json(405, { message: 'GET only' })
  for (const [name, pattern] of Object.entries(api.headers ?? {}))
    if (!pattern.test(headers.get(name) ?? ''))
      return json(api.headerStatus ?? 403, { message: `needs ${name}` })
  const token = /^Bearer ([\w-]+)$/.exec(headers.get('authorization') ?? '')?.[1]
  const grant = world.grants.get(token)
  if (grant?.row !== row) return json(401, { message: 'The access token is unknown.' })
  const isMine = !api.wantsClientId || headers.get('client-id') === grant.app.clientId
  if (!isMine) return json(401, { message: 'Client ID and OAuth token do not match.' })
  if (!(api.needs ?? []).every((scope) => grant.scopes.includes(scope)))
    return json(403, { message: 'The app lacks a permission.' })
  return json(200, world.changed(address, api.answer(grant, query)))
}
