// Microsoft Entra ID: the issuer of an ID Token is that of the person's tenant. The app says which tenants it takes.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createAuth } from '../../dist/index.js'
import { azure, CONSUMERS, TENANT } from '../../stand-ins/providers/azure.mjs'
import { ORIGIN, SECRET } from './support/app.mjs'
import { signIn, startWorld, withApp, withChanges } from './support/provider-sign-in.mjs'

const HOST = 'https://login.microsoftonline.com'
const OTHER = '0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0ff'
const DOMAIN = 'contoso.example'

let world
before(async () => {
  world = await startWorld()
})
after(() => world.stop())

/**
 * A sign-in of somebody in a tenant.
 * @param {any} tenant the option @param {string} tid @param {Record<string, any>} [changes] of answers
 * @param {object} [optional] claims
 */
const visit = (tenant, tid = TENANT, changes = {}, optional = {}) => {
  const person = { ...azure.person, tid, optional }
  const options = tenant === undefined ? {} : { tenant }
  const run = () => signIn(world, 'azure', { options })
  return withChanges(world, changes, () => withApp(world, 'azure', { person }, run))
}
const claims = (change) => ({ 'azure claims': (usual) => ({ ...usual, ...change }) })
const keyIssuer = (issuer) => ({
  [azure.keys]: ({ keys }) => ({ keys: keys.map((key) => ({ ...key, issuer })) }),
})
const assertCode = (outcome, code) => {
  assert.equal(outcome.code, code, outcome.said)
  if (code === '') assert.equal(outcome.profile?.email, 'ada@example.test', outcome.said)
}

describe('who may come', () => {
  /** The option, the person's tenant, the code. @type {[any, string, string][]} */
  const rows = [
    [undefined, TENANT, ''],
    [undefined, CONSUMERS, ''],
    ['common', OTHER, ''],
    ['organizations', TENANT, ''],
    ['organizations', CONSUMERS, 'id_token_iss'],
    ['consumers', CONSUMERS, ''],
    ['consumers', TENANT, 'id_token_iss'],
    [TENANT, TENANT, ''],
    [TENANT, OTHER, 'id_token_iss'],
    [TENANT, CONSUMERS, 'id_token_iss'],
    [TENANT.toUpperCase(), TENANT, ''],
    [DOMAIN, TENANT, ''],
    [[TENANT, OTHER], OTHER, ''],
    [[TENANT, OTHER], CONSUMERS, 'id_token_iss'],
    [[TENANT], OTHER, 'id_token_iss'],
  ]
  for (const [tenant, tid, code] of rows)
    test(`tenant ${tenant ?? '(none)'}, a person of ${tid}: ${code || 'signed in'}`, async () => {
      const outcome = await visit(tenant, tid)
      assertCode(outcome, code)
      const isPath = typeof tenant === 'string'
      const path = `/${isPath ? tenant.toLowerCase() : '[\\w-]+'}/oauth2/v2\\.0/authorize$`
      assert.match(outcome.url.pathname.toLowerCase(), new RegExp(`^${path}`))
      if (tenant === undefined) assert.match(outcome.url.pathname, /^\/common\//)
      if (code) return
      assert.equal(outcome.session.claims.tid, tid)
      assert.ok([azure.person.sub, azure.person.oid].includes(outcome.profile.sub))
    })

  test('another tenant in an option that names none is a mistake of the app', () => {
    for (const tenant of ['../evil', 'a b', 'evil.example/x', 'x?y', '{tenantid}', [], [DOMAIN, DOMAIN], 7])
      assert.throws(
        () =>
          createAuth({
            origin: ORIGIN,
            secret: SECRET,
            providers: { azure: { clientId: 'x', clientSecret: 'y', tenant } },
          }),
        ({ code, message }) => code === 'config_invalid' && message.includes('providers.azure.tenant'),
        JSON.stringify(tenant),
      )
  })
})

describe('an issuer that is not that of the token’s tenant: id_token_iss', () => {
  const wrong = {
    'another tenant’s': { iss: `${HOST}/${OTHER}/v2.0` },
    'another host’s': { iss: `https://evil.example/${TENANT}/v2.0` },
    'version 1': { iss: `https://sts.windows.net/${TENANT}/` },
    'the template itself': { iss: `${HOST}/{tenantid}/v2.0`, tid: '{tenantid}' },
    'the name common': { iss: `${HOST}/common/v2.0`, tid: 'common' },
    'a slash behind it': { iss: `${HOST}/${TENANT}/v2.0/` },
    'no tid': { tid: undefined },
    'a tid that is no text': { tid: 7 },
    'a list of tenants': { tid: [TENANT] },
    'a tid with a path': { tid: `${TENANT}/v2.0/../..`, iss: `${HOST}/${TENANT}/v2.0/../../v2.0` },
    'an empty tid': { tid: '', iss: `${HOST}//v2.0` },
    'a tid of another host': { tid: 'x@evil.example', iss: `${HOST}/x@evil.example/v2.0` },
    'a tid one digit short': { tid: TENANT.slice(1), iss: `${HOST}/${TENANT.slice(1)}/v2.0` },
    'a tid with braces': { tid: `{${TENANT}}`, iss: `${HOST}/{${TENANT}}/v2.0` },
    'a tid in capitals, not so the issuer': { tid: OTHER.toUpperCase() },
  }
  for (const [name, change] of Object.entries(wrong))
    test(name, async () => {
      for (const tenant of ['common', DOMAIN])
        assertCode(await visit(tenant, TENANT, claims(change)), 'id_token_iss')
    })

  test('a tid that comes twice: no sign-in', async () => {
    const text = (usual) => JSON.stringify(usual).replace('"tid":', `"tid":"${OTHER}","tid":`)
    const { code, session } = await visit('common', TENANT, { 'azure claims': text })
    assert.match(code, /^id_token_/)
    assert.equal(session, undefined)
  })
})

describe('a key belongs to the tenant that its issuer names', () => {
  const good = [`${HOST}/{tenantid}/v2.0`, `${HOST}/${TENANT}/v2.0`]
  for (const issuer of good)
    test(`${issuer}: signed in`, async () => {
      for (const tenant of ['common', TENANT]) assertCode(await visit(tenant, TENANT, keyIssuer(issuer)), '')
    })

  const wrong = [`${HOST}/${OTHER}/v2.0`, `${HOST}/${CONSUMERS}/v2.0`, `https://evil.example/${TENANT}/v2.0`]
  for (const issuer of [...wrong, `https://evil.example/{tenantid}/v2.0`, `${HOST}/common/v2.0`, ''])
    test(`${issuer || 'an empty one'}: id_token_key`, async () => {
      for (const tenant of ['common', TENANT])
        assertCode(await visit(tenant, TENANT, keyIssuer(issuer)), 'id_token_key')
    })

  test('one that is no text: id_token_key, or the key set is malformed', async () => {
    for (const issuer of [7, true, {}, [`${HOST}/${TENANT}/v2.0`]]) {
      const { code, said } = await visit('common', TENANT, keyIssuer(issuer))
      assert.ok(['id_token_key', 'jwks_invalid'].includes(code), said)
    }
  })
})

describe('an address is verified where Entra says so', () => {
  for (const value of [true, 1, '1'])
    test(`xms_edov ${JSON.stringify(value)}: verified`, async () => {
      const { profile, said } = await visit('common', TENANT, {}, { xms_edov: value })
      assert.deepEqual([profile?.email, profile?.email_verified], ['ada@example.test', true], said)
    })

  for (const value of [undefined, false, 0, '0', 'false', 2, '', null, [1], { a: 1 }])
    test(`xms_edov ${JSON.stringify(value)}: not verified`, async () => {
      const { profile, said } = await visit('common', TENANT, {}, { xms_edov: value })
      assert.equal(profile?.email_verified, false, said)
    })

  test('email_verified of the ID Token counts for nothing', async () => {
    const { profile, said } = await visit('common', TENANT, {}, { email_verified: true })
    assert.equal(profile?.email_verified, false, said)
  })

  test('xms_edov without an address: not verified', async () => {
    const { profile } = await visit('common', TENANT, claims({ email: undefined, xms_edov: true }))
    assert.deepEqual([profile?.email, profile?.email_verified], [null, false])
  })
})
