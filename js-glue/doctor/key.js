/** Keys that the doctor sends to nobody: they open a whole project, and a sign-in needs none of them. */

/** How the secret keys of Supabase begin, and its personal access tokens. */
const SECRET = /^(?:sb_secret_|sbp_)/
/** The roles of old keys that no policy of the database holds back. */
const SECRET_ROLES = ['service_role', 'supabase_admin']

/**
 * The role that a JSON Web Token names; undefined for another key.
 * @param {string} key
 */
const roleOf = (key) => {
  try {
    return JSON.parse(atob((key.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'))).role
  } catch {
    return undefined
  }
}

/**
 * What makes a key secret, as the end of a sentence; empty for a key that browsers may have.
 * @param {string} key
 */
export const findSecret = (key) => {
  const [prefix] = SECRET.exec(key.trim()) ?? []
  if (prefix) return `begins with ${prefix}`
  const role = roleOf(key)
  return SECRET_ROLES.includes(role) ? `has the role ${role}` : ''
}
