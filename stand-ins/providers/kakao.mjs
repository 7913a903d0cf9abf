// Kakao: the secret in the form alone, a number as id, and an address with two flags.

const refusal = (status, error, error_description, error_code) => ({
  status,
  body: { error, error_description, error_code },
})

export const kakao = {
  name: 'kakao',
  authorize: 'https://kauth.kakao.com/oauth/authorize',
  token: 'https://kauth.kakao.com/oauth/token',
  keys: 'https://kauth.kakao.com/.well-known/jwks.json',
  clientAuthentication: ['client_secret_post'],
  pkce: 'verified',
  scopes: ['account_email', 'profile_nickname', 'profile_image', 'openid'],
  tokens: (usual, _grant, makeToken) => ({ ...usual, token_type: 'bearer', refresh_token: makeToken() }),
  refusals: { client: refusal(401, 'invalid_client', 'Bad client credentials', 'KOE010') },
  idToken: {
    iss: 'https://kauth.kakao.com',
    claims: ({ person: { id, kakao_account } }) => ({
      sub: String(id),
      email: kakao_account.email,
      nickname: kakao_account.profile.nickname,
      picture: kakao_account.profile.profile_image_url,
    }),
  },
  apis: {
    'https://kapi.kakao.com/v2/user/me': { answer: ({ person }) => person },
    'https://kapi.kakao.com/v1/oidc/userinfo': {
      needs: ['openid'],
      answer: (grant) => kakao.idToken.claims(grant),
    },
  },
  person: {
    id: 4029384756201,
    kakao_account: {
      email: 'ada@example.test',
      is_email_valid: true,
      is_email_verified: true,
      profile: { nickname: 'Ada Lovelace', profile_image_url: 'https://pictures.example/ada.png' },
    },
  },
}
