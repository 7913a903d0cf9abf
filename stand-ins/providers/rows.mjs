// Every provider that the stand-in plays.
//
// name, authorize, token, keys   its addresses; {tenant} and {version} stand for what differs
// metadata                       what its metadata says beside these addresses; without it, it has none
// apis                           profile endpoints: `needs` (scopes), `headers` (patterns), `answer(grant, query)`
// clientAuthentication           the ways that it takes
// pkce                           required, verified (where a challenge came) or refused (a code_verifier is an error)
// scopes, dropsUnknownScopes     those that it knows; without the list, any. Others are an error, or dropped
// findFault, spellFault          what else it refuses at the authorization endpoint, and how it writes an error there
// iss                            what it adds to its redirects
// idToken                        `iss`, `alg`, `hasNonce`, `isAlways` (without openid too), `claims(grant)`
// tokens, tokenBody, refusals    what differs at its token endpoint
// person                         who signs in, as it knows them
import { apple } from './apple.mjs'
import { azure } from './azure.mjs'
import { bitbucket } from './bitbucket.mjs'
import { discord } from './discord.mjs'
import { facebook } from './facebook.mjs'
import { figma } from './figma.mjs'
import { github } from './github.mjs'
import { gitlab } from './gitlab.mjs'
import { google } from './google.mjs'
import { huggingface } from './huggingface.mjs'
import { kakao } from './kakao.mjs'
import { line } from './line.mjs'
import { linkedin } from './linkedin.mjs'
import { notion } from './notion.mjs'
import { reddit } from './reddit.mjs'
import { slack } from './slack.mjs'
import { spotify } from './spotify.mjs'
import { twitch } from './twitch.mjs'
import { twitter } from './twitter.mjs'
import { vercel } from './vercel.mjs'
import { workos } from './workos.mjs'
import { zoom } from './zoom.mjs'

export const PROVIDERS = [
  apple,
  azure,
  bitbucket,
  discord,
  facebook,
  figma,
  github,
  gitlab,
  google,
  huggingface,
  kakao,
  line,
  linkedin,
  notion,
  reddit,
  slack,
  spotify,
  twitch,
  twitter,
  vercel,
  workos,
  zoom,
]
