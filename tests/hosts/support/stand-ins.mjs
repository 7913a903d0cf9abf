// What hosts talk to, and who visits them.
export { BrowserJar } from '../../../stand-ins/browser-jar.mjs'
export { startChild } from '../../../stand-ins/child.mjs'
export {
  answerOf,
  HANG,
  RESET,
  startHostileTokenEndpoint,
} from '../../../stand-ins/hostile-token-endpoint.mjs'
export { startOAuthProvider } from '../../../stand-ins/oauth-provider.mjs'
export { startOpenIdProvider } from '../../../stand-ins/openid-provider.mjs'
export { startSupabaseAuth } from '../../../stand-ins/supabase-auth.mjs'
export { clientInJar, loadNewest, startWith } from '../../../stand-ins/supabase-libraries.mjs'
