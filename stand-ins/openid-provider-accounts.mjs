// The people of the embedded provider: whoever types a name exists from then on, until it stops.
import { createHash } from 'node:crypto'

const MAX_NAME_CHARACTERS = 60
const MAX_ACCOUNTS = 1000
const accounts = new Map()

/**
 * Makes an account of a typed name, or finds the one that has it: 'ada' and 'Ada' are the same person.
 *
 * @param {string} typed
 * @returns {string | null} the account's `sub`, or null for an empty name
 */
export function signInAs(typed) {
  const name = [...typed.normalize('NFC').replace(/\s+/g, ' ').trim()].slice(0, MAX_NAME_CHARACTERS).join('')
  if (!name) return null
  const sub = makeSub(name)
  if (!accounts.has(sub)) {
    if (accounts.size >= MAX_ACCOUNTS) accounts.delete(accounts.keys().next().value)
    accounts.set(sub, capitalise(name))
  }
  return sub
}

/** The account of `sub` in the shape that oidc-provider asks for, or undefined. */
export function findAccount(ctx, sub) {
  const name = accounts.get(sub)
  if (name === undefined) return undefined
  const claims = {
    sub,
    name,
    preferred_username: sub,
    picture: `${ctx.oidc.issuer}/picture/${sub}.svg`,
    email: `${sub}@example.test`,
    email_verified: true,
  }
  return { accountId: sub, claims: async () => claims }
}

/** The portrait of an account: its initial on a colour of its own, as SVG. */
export function drawPicture(sub) {
  const name = accounts.get(sub)
  if (name === undefined) return null
  const hue = createHash('sha256').update(sub).digest()[0] * (360 / 256)
  const initial = [...name][0].replace(/[<>&"]/g, '?')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">
<rect width="96" height="96" fill="hsl(${hue.toFixed(0)} 38% 42%)"/>
<text x="48" y="50" fill="#fff" font-family="Georgia, serif" font-size="46" text-anchor="middle"
 dominant-baseline="central">${initial}</text></svg>`
}

function makeSub(name) {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return slug || `person-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`
}

function capitalise(name) {
  const [first, ...rest] = [...name]
  return first.toUpperCase() + rest.join('')
}
