// providers.def: each row against the provider's own facts (tests/vectors/provider_facts.json), its page and the package.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { createAuth, LandfallError } from '../../dist/index.js'
import { pageOf, renewProviderDocs } from '../../tools/provider-page.mjs'
import {
  allowedOf,
  authenticationOf,
  hasMetadata,
  hasNonce,
  hasPkce,
  hasServers,
  hasTrait,
  headersOf,
  isOpenid,
  optionsOf,
  paramsOf,
  parseProviders,
  profileOf,
  readProviders,
} from '../../tools/providers.mjs'
import { root, Stop } from '../../tools/run.mjs'
import { ORIGIN, SECRET } from './support/app.mjs'
import { ROWS } from './support/provider-client.mjs'
import { APPLE_KEY } from './support/provider-sign-in.mjs'

const read = (path) => readFileSync(join(root, path), 'utf8')
const rows = readProviders()
const facts = JSON.parse(read('tests/vectors/provider_facts.json'))
const rowOf = (name) => rows.find((row) => row.name === name) ?? assert.fail(`no row ${name}`)

const OTHER_FLOW = 'this is of its OpenID Connect flow, and the row asks for no ID Token'

/**
 * Where a row differs on purpose, as `id.fact`: the value of the row, and the reason.
 * @type {Record<string, [string, string]>}
 */
const DIFFERENCES = {
  'facebook.issuer': ['', OTHER_FLOW],
  'facebook.jwks_uri': ['', OTHER_FLOW],
  'apple.scope': ['openid name email', 'with openid, the request is one of OpenID Connect, and has a nonce'],
  'azure.userinfo_endpoint': ['', 'the endpoint has the bytes of a picture, and no profile'],
  'line.userinfo_endpoint': ['', 'the ID Token has the same profile, and the address'],
  'line.jwks_uri': ['', 'the ID Token is a MAC: no key of the set signs it'],
  'notion.userinfo_endpoint': ['', 'the token response has the same profile'],
  'zoom.issuer': ['', 'no scope beside an issuer asks for openid, which the app does not have'],
}

/** What a row says, and what the facts want, by the name of the fact. */
const compare = (row, fact) => {
  const { columns } = row
  const fields = Object.fromEntries(headersOf(row))
  const issuers = [columns.issuer, columns.also_issuer].filter(Boolean)
  /** One of several is right. */
  const among = (value, values) => [value, values.includes(value) ? value : values.join(' or ')]
  return {
    issuer: [columns.issuer, fact.issuer],
    authorization_endpoint: [columns.authorization_endpoint, fact.authorization_endpoint],
    token_endpoint: [columns.token_endpoint, fact.token_endpoint],
    userinfo_endpoint: among(columns.userinfo_endpoint, fact.profile_endpoints),
    emails_endpoint: among(columns.emails_endpoint, [...fact.profile_endpoints, '']),
    revocation_endpoint: [columns.revocation_endpoint, fact.revocation_endpoint],
    scope: [columns.scope, fact.scope],
    pkce: [hasPkce(row), fact.pkce !== 'refused'],
    nonce: [hasNonce(row), isOpenid(row) && fact.nonce],
    client_authentication: among(authenticationOf(row), fact.client_authentication),
    token_body: [hasTrait(row, 'json') ? 'json' : 'form', fact.token_body],
    response_mode: [hasTrait(row, 'form_post') ? 'form_post' : 'query', fact.response_mode],
    headers: [Object.keys(fields).join(), Object.keys(fact.headers).join()],
    jwks_uri: [columns.jwks_uri, fact.jwks_uri],
    ...(isOpenid(row) && {
      id_token_issuers: [issuers.join(), fact.id_token_issuers.join()],
    }),
    // The provider may begin to send it; one that does is compared.
    ...(fact.iss && { iss: [columns.issuer, fact.iss] }),
  }
}

describe('the facts', () => {
  const seen = new Set()

  for (const fact of facts.cases) {
    const row = rowOf(fact.id)
    if (hasMetadata(row)) {
      test(`${fact.id}: its metadata has every address`, () => {
        const { issuer } = row.columns
        assert.equal(issuer || '{issuer}', fact.issuer)
        const isInMetadata = issuer ? /^(?:https:\/\/|$)/ : /^\{issuer\}\//
        for (const [name, value] of Object.entries(fact))
          if (/_(?:endpoint|uri)$/.test(name)) assert.match(value, isInMetadata, name)
        const { scope, pkce, nonce, token_body, response_mode } = compare(row, fact)
        for (const [is, wanted] of [scope, pkce, nonce, token_body, response_mode]) assert.equal(is, wanted)
        const addresses = Object.values(row.columns).filter((value) => value.startsWith('https://'))
        assert.deepEqual(addresses, issuer ? [issuer] : [])
        const standIn = ROWS[fact.id]
        if (!standIn) return
        const { authorization_endpoint, token_endpoint, jwks_uri } = fact
        const { authorize, token, keys } = standIn
        assert.deepEqual([authorize, token, keys], [authorization_endpoint, token_endpoint, jwks_uri])
      })
      continue
    }
    test(`${fact.id}: the row says the same`, () => {
      for (const [name, [is, wanted]] of Object.entries(compare(row, fact))) {
        const [meant] = DIFFERENCES[`${fact.id}.${name}`] ?? [wanted]
        if (is !== wanted) seen.add(`${fact.id}.${name}`)
        assert.equal(is, meant, name)
      }
    })
  }

  test('each difference that this test lists is one', () => {
    assert.deepEqual([...seen].sort(), Object.keys(DIFFERENCES).sort())
  })

  test('there are as many as the file says, and each is new', () => {
    assert.equal(facts.cases.length, facts.count)
    assert.equal(new Set(facts.cases.map(({ id }) => id)).size, facts.count)
  })
})

describe('the table', () => {
  test('no name is in two rows', () => {
    const names = rows.flatMap((row) => row.names)
    assert.deepEqual(names.toSorted(), [...new Set(names)].sort())
    for (const name of names) assert.match(name, /^[a-z][a-z0-9_]*$/)
  })

  test('only LinkedIn and Slack are without PKCE, and only LinkedIn without a nonce', () => {
    const having = (trait) => rows.filter((row) => hasTrait(row, trait)).map(({ name }) => name)
    assert.deepEqual(having('no_pkce'), ['linkedin', 'slack'])
    assert.deepEqual(having('no_nonce'), ['linkedin'])
  })

  test('every address is https, and every column of places has members of a profile', () => {
    for (const row of rows) {
      for (const [column, value] of Object.entries(row.columns))
        if (/_(?:endpoint|uri)$/.test(column) && value)
          assert.match(value, /^https:\/\/[^\s"]+$/, `${row.name}.${column}`)
      const members = ['sub', 'name', 'email', 'email_verified', 'picture', 'username', 'locale']
      assert.deepEqual(Object.keys(profileOf(row)), members, row.name)
      assert.notEqual(profileOf(row).sub, '', row.name)
    }
  })

  test('a row with keys has the issuer of its ID Tokens', () => {
    for (const { name, columns } of rows) if (columns.jwks_uri) assert.match(columns.issuer, /^https:/, name)
  })

  test('what is no row is refused', () => {
    const row = 'LANDFALL_PROVIDER("a b", "A", "Sign in")\n'
    assert.deepEqual(parseProviders(row)[0].names, ['a', 'b'])
    for (const wrong of [
      'LANDFALL_PROVIDER("a", "A")\n',
      `${row}LANDFALL_COLUMN(colour, "red")\n`,
      `${row}LANDFALL_COLUMN(scope, "a")\nLANDFALL_COLUMN(scope, "b")\n`,
      `LANDFALL_COLUMN(scope, "a")\n${row}`,
    ])
      assert.throws(() => parseProviders(wrong), Stop, wrong)
  })
})

describe('the pages', () => {
  test('no callback begins like that of another row', () => {
    const alike = rows.filter(({ name }) =>
      rows.some((other) => other.name !== name && name.startsWith(other.name)),
    )
    assert.deepEqual(alike, [])
  })

  test('every row has a page, and every page a row', () => {
    assert.deepEqual(
      readdirSync(join(root, 'docs/providers')).sort(),
      rows.map(({ name }) => `${name}.md`).sort(),
    )
  })

  for (const { path, text } of renewProviderDocs())
    test(`${path} is up to date`, () => {
      assert.equal(read(path), text, 'run tests/node/docs.test.mjs with UPDATE_DOCS=1')
    })

  test('each says how to register, and what to mind', () => {
    for (const row of rows) {
      const page = read(pageOf(row))
      assert.match(page, /^## Register the app\n\n\S/m, row.name)
      assert.match(page, /^## Mind\n\n- /m, row.name)
      if (!hasServers(row)) assert.match(page, /^## The issuer\n\n\S/m, row.name)
      if (!hasPkce(row)) assert.ok(page.includes('](../providers.md#without-pkce)'), row.name)
    }
  })
})

/** Values for what a row needs. */
const VALUES = { issuer: 'https://login.example', host: 'github.example', privateKey: APPLE_KEY }

describe('the package does what the page says', () => {
  for (const row of rows)
    test(row.name, () => {
      const given = optionsOf(row).map((option) => [option, VALUES[option] ?? 'x'.repeat(40)])
      const make = (options) =>
        createAuth({ origin: ORIGIN, secret: SECRET, providers: { [row.name]: options } })
      // Without its secret, a client may be a public one.
      for (const [option] of given.filter(([name]) => name !== 'clientSecret')) {
        const others = Object.fromEntries(given.filter(([name]) => name !== option))
        assert.throws(() => make(others), LandfallError, `without ${option}`)
      }
      const auth = make(Object.fromEntries(given))
      if (hasMetadata(row)) return
      const queryParams = Object.fromEntries(allowedOf(row).map((name) => [name, 'wish']))
      const url = new URL(auth.start({ provider: row.name, queryParams }).url)
      const { authorization_endpoint, scope } = row.columns
      const address = authorization_endpoint.replace('{tenant}', 'common').replace('{host}', VALUES.host)
      assert.equal(url.origin + url.pathname, address)
      const param = (name) => url.searchParams.get(name) ?? ''
      assert.equal(param('redirect_uri'), `${ORIGIN}/auth/callback/${row.name}`)
      assert.equal(param('scope'), scope)
      assert.equal(param('code_challenge_method'), hasPkce(row) ? 'S256' : '')
      assert.equal(param('nonce') !== '', hasNonce(row))
      assert.equal(param('response_mode'), hasTrait(row, 'form_post') ? 'form_post' : '')
      for (const [name, value] of paramsOf(row)) assert.equal(param(name), value)
      for (const name of Object.keys(queryParams)) assert.equal(param(name), 'wish', name)
      assert.throws(() => auth.start({ provider: row.name, queryParams: { unheard_of: 'x' } }), LandfallError)
    })
})
