/**
 * Tells the clients of supabase-js what became of the session, those of this page and of other tabs. They tell each
 * other in the same way: by a message on the channel that has the name of their storage key. So each client fires its
 * event without a request, and with the provider's tokens, which `setSession` drops.
 * @param {string} storageKey the name of the session's cookie; empty without Supabase
 * @param {'SIGNED_IN' | 'PASSWORD_RECOVERY' | 'SIGNED_OUT'} event
 * @param {object | null} session
 */
export const announce = (storageKey, event, session) => {
  if (storageKey === '') return
  // The session is stored already: where there are no channels, its clients find it there.
  try {
    const channel = new /** @type {any} */ (globalThis).BroadcastChannel(storageKey)
    channel.postMessage({ event, session })
    channel.close()
  } catch {}
}
