// Hugging Face: OpenID Connect by its metadata; the profile is at the userinfo endpoint.
// https://huggingface.co/docs/hub/oauth, …/docs/hub/spaces-oauth (Basic), and UserInfo of huggingface.js (its members)
// Not documented: which claims the ID Token has beside the usual ones (the stand-in gives sub alone), whether the
// secret may be in the form (refused here), and refusals (those of RFC 6749 5.2 stand in). It is not known to send `iss`.

const ISSUER = 'https://huggingface.co'
const SCOPES = ['openid', 'profile', 'email', 'read-repos', 'inference-api']

export const huggingface = {
  name: 'huggingface',
  authorize: 'https://huggingface.co/oauth/authorize',
  token: 'https://huggingface.co/oauth/token',
  keys: 'https://huggingface.co/oauth/jwks',
  metadata: {
    issuer: ISSUER,
    userinfo_endpoint: 'https://huggingface.co/oauth/userinfo',
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: SCOPES,
    code_challenge_methods_supported: ['S256'],
  },
  clientAuthentication: ['client_secret_basic'],
  pkce: 'required',
  scopes: SCOPES,
  idToken: { iss: ISSUER, claims: ({ person }) => ({ sub: person.sub }) },
  apis: {
    'https://huggingface.co/oauth/userinfo': {
      needs: ['openid'],
      answer({ person: { sub, email, email_verified, ...profile }, scopes }) {
        return {
          sub,
          ...(scopes.includes('profile') && profile),
          ...(scopes.includes('email') && { email, email_verified }),
        }
      },
    },
  },
  person: {
    sub: '62f264b9f3c90f4b6514ada0',
    name: 'Ada Lovelace',
    preferred_username: 'ada',
    profile: 'https://huggingface.co/ada',
    picture: 'https://pictures.example/ada.png',
    email: 'ada@example.test',
    email_verified: true,
    isPro: false,
    orgs: [],
  },
}
