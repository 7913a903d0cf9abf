/**
 * Bytes of base64url (RFC 4648 5).
 * @param {string} text
 */
export const decode = (text) => {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}
