// Every fact about a Supabase project, in the order of a sign-in.
import { AUTHORIZE } from './authorize.mjs'
import { CALLBACK } from './callback.mjs'
import { EXCHANGE } from './exchange.mjs'
import { FAILING } from './failures.mjs'
import { GATEWAY } from './gateway.mjs'
import { REFRESH } from './refresh.mjs'
import { STATE } from './state.mjs'
import { TOKEN_REQUEST } from './token-request.mjs'
import { USER } from './user.mjs'
import { VERIFY } from './verify.mjs'

export const FACTS = [
  GATEWAY,
  AUTHORIZE,
  CALLBACK,
  STATE,
  FAILING,
  EXCHANGE,
  TOKEN_REQUEST,
  REFRESH,
  USER,
  VERIFY,
].flat()
