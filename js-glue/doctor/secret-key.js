/** Keys that the doctor sends to nobody: they open a whole project, and a sign-in needs none of them. */

/** Supabase's secret keys and personal access tokens, also with the quotation marks of a settings file around them. */
const SECRET = /\b(?:sb_secret_|sbp_)/
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
 * The kind of a secret key; empty for a key that browsers may have.
 * @param {string} key
 * @returns {string}
 */
export const findSecret = (key) => {
  const [prefix] = SECRET.exec(key) ?? []
  const role = roleOf(key)
  return prefix ?? (SECRET_ROLES.includes(role) ? role : '')
}
