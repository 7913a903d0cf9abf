// Every provider that the stand-in plays.
//
// name, authorize, token, keys   its addresses; {tenant} and {version} stand for what differs
// apis                           profile endpoints: `needs` (scopes), `headers` (patterns), `answer(grant, query)`
// clientAuthentication           the ways that it takes
// pkce                           required, verified (where a challenge came) or refused (a code_verifier is an error)
// scopes                         those that it knows; without the list, any
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
import { kakao } from './kakao.mjs'
import { linkedin } from './linkedin.mjs'
import { notion } from './notion.mjs'
import { slack } from './slack.mjs'
import { spotify } from './spotify.mjs'
import { twitch } from './twitch.mjs'
import { twitter } from './twitter.mjs'
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
  kakao,
  linkedin,
  notion,
  slack,
  spotify,
  twitch,
  twitter,
  workos,
  zoom,
]
