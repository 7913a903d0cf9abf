// Microsoft Entra ID. The address names a tenant or a kind of account; the ID Token names the tenant of the person.

const HOST = 'https://login.microsoftonline.com'
/** The tenant of all personal accounts. */
export const CONSUMERS = '9188040d-6c67-4c5b-b112-36a304b66dad'
export const TENANT = '6babcaad-604b-40ac-a9d7-9fd97c0b779f'

export const azure = {
  name: 'azure',
  authorize: `${HOST}/{tenant}/oauth2/v2.0/authorize`,
  token: `${HOST}/{tenant}/oauth2/v2.0/token`,
  keys: `${HOST}/{tenant}/discovery/v2.0/keys`,
  clientAuthentication: ['client_secret_post', 'client_secret_basic'],
  pkce: 'required',
  scopes: ['openid', 'profile', 'email', 'offline_access', 'User.Read'],
  idToken: {
    /** A key is for every tenant, or for one: then its issuer has no placeholder. */
    keyMembers: { issuer: `${HOST}/{tenantid}/v2.0` },
    claims: ({ person, scopes }) => ({
      iss: `${HOST}/${person.tid}/v2.0`,
      ver: '2.0',
      tid: person.tid,
      oid: person.oid,
      sub: person.sub,
      ...(scopes.includes('profile') && { name: person.name, preferred_username: person.email }),
      ...(scopes.includes('email') && { email: person.email, ...person.optional }),
    }),
  },
  person: {
    tid: TENANT,
    oid: '11111111-2222-4333-8444-555555555555',
    sub: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ',
    name: 'Ada Lovelace',
    email: 'ada@example.test',
    /** Claims that an app switches on, such as xms_edov. */
    optional: {},
  },
}
