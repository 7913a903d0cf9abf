// WorkOS SSO: the request names the organization or the connection. The profile comes with the token.

const SELECTORS = ['provider', 'connection', 'organization']

export const workos = {
  name: 'workos',
  authorize: 'https://api.workos.com/sso/authorize',
  token: 'https://api.workos.com/sso/token',
  clientAuthentication: ['client_secret_post'],
  pkce: 'required',
  codeSeconds: 600,
  findFault: (query) => (SELECTORS.some((name) => query.get(name)) ? '' : 'invalid_request'),
  tokens: ({ access_token, token_type }, { person }) => ({ access_token, token_type, profile: person }),
  apis: {
    'https://api.workos.com/sso/profile': { answer: ({ person }) => person },
  },
  person: {
    object: 'profile',
    id: 'prof_01DMC79VCBZ0NY2099737PSVF1',
    organization_id: 'org_01EHQMYV6MBK39QC5PZXHY59C3',
    connection_id: 'conn_01E4ZCR3C56J083X43JQXF3JK5',
    connection_type: 'OktaSAML',
    idp_id: '103456789012345678901',
    email: 'ada@example.test',
    first_name: 'Ada',
    last_name: 'Lovelace',
    raw_attributes: { picture: 'https://pictures.example/ada.png' },
  },
}
