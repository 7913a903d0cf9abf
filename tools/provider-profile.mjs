// The part of a provider's page about its profile: what the places of profile.hpp mean, in words.
import { hasTrait, isOpenid, profileOf } from './providers.mjs'

/** @typedef {import('./providers.mjs').Provider} Provider */

/** @param {string} text */
export const code = (text) => `\`${text}\``

/** Whether the provider has a userinfo response by default. @param {Provider} provider */
const hasUserinfo = (provider) => hasTrait(provider, 'userinfo')

/** A path of providers.def as a member of the session. @param {Provider} provider @param {string} path */
const toMember = (provider, path) => {
  const isRooted = path.startsWith('/')
  const base = hasUserinfo(provider) ? 'userinfo' : 'claims'
  return code(`${isRooted ? '' : `${base}.`}${path.replace(/^\//, '').replaceAll('/', '.')}`)
}

/** @param {Provider} provider @param {string} places */
const writePlaces = (provider, places) => {
  const hasRoot = hasUserinfo(provider) || isOpenid(provider) || places.startsWith('/')
  if (!places || !hasRoot) return '`null`: the provider does not tell it'
  return places
    .split('|')
    .map((place) =>
      place.includes('{')
        ? code(place)
        : place
            .split('+')
            .map((path) => toMember(provider, path))
            .join(' and '),
    )
    .join(', or ')
}

/** @param {Provider} provider @param {string} conditions */
const writeVerified = (provider, conditions) => {
  if (!conditions) return '`false`: the provider does not say'
  const one = (condition) => {
    if (condition.startsWith('?')) return `whether ${toMember(provider, condition.slice(1))} is there`
    if (condition.startsWith('#')) return `${toMember(provider, condition.slice(1))}, where \`1\` is true too`
    return toMember(provider, condition)
  }
  return conditions.split('&').map(one).join(' and ')
}

/** The table of the profile. @param {Provider} provider */
export const writeProfile = (provider) => {
  const { email, email_verified, ...others } = profileOf(provider)
  const [address, primary, verified] = provider.columns.emails.split(' ')
  const isListed = provider.columns.emails !== ''
  const rows = {
    sub: writePlaces(provider, others.sub),
    name: writePlaces(provider, others.name),
    email: isListed
      ? `${code(address)} of the entry in \`emails\` with ${code(primary)}`
      : writePlaces(provider, email),
    email_verified: isListed
      ? `${code(verified)} of that entry`
      : writeVerified(provider, email ? email_verified : ''),
    picture: writePlaces(provider, others.picture),
    username: writePlaces(provider, others.username),
    locale: writePlaces(provider, others.locale),
  }
  const both = isOpenid(provider) && hasUserinfo(provider)
  return [
    '## The profile',
    '',
    `\`session.profile\` comes from these members of \`session\`. A member without a value is \`null\`.${
      both ? ' The claims of the ID Token stand in for `userinfo` where it lacks a member.' : ''
    }`,
    '',
    '| member | from |',
    '|---|---|',
    ...Object.entries(rows).map(([member, from]) => `| ${code(member)} | ${from} |`),
  ]
}
