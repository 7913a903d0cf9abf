const PREFIX = 'base64-'
/** Up to this, bytes can be the arguments of one call. */
const MAX_ARGUMENTS = 8192

/**
 * A value as Supabase's clients have it in a cookie.
 * @param {string} text as they have it in a storage
 */
export const encode = (text) => {
  const bytes = new TextEncoder().encode(text)
  let binary = ''
  for (let i = 0; i < bytes.length; i += MAX_ARGUMENTS)
    binary += String.fromCharCode(...bytes.subarray(i, i + MAX_ARGUMENTS))
  return PREFIX + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/**
 * The way back.
 * @param {string} value
 */
export const decode = (value) =>
  new TextDecoder().decode(
    Uint8Array.from(atob(value.slice(PREFIX.length).replaceAll('-', '+').replaceAll('_', '/')), (one) =>
      one.charCodeAt(0),
    ),
  )
