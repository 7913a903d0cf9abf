// The parts of docs/ that providers.def writes: the page of each provider, and the lists of all.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { code, writeProfile } from './provider-profile.mjs'
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
  profileOf,
  readProviders,
  variableOf,
} from './providers.mjs'
import { root, Stop } from './run.mjs'

/** @typedef {import('./providers.mjs').Provider} Provider */

/** The page of a provider. @param {Provider} provider */
export const pageOf = ({ name }) => `docs/providers/${name}.md`

const listed = (texts) => texts.map(code).join(', ')

/** The start of a page: the title, the code, the address to register, the button. @param {Provider} provider */
const writeStart = (provider) => {
  const { name, title, button } = provider
  const options = optionsOf(provider).map(
    (option) => `      ${option}: process.env.${variableOf(provider, option)},`,
  )
  return [
    `# ${title}`,
    '',
    '```js',
    "import { createAuth } from 'landfall'",
    '',
    'export const auth = createAuth({',
    "  origin: process.env.APP_ORIGIN, // 'https://app.example'",
    '  secret: process.env.AUTH_SECRET, // openssl rand -base64 32',
    '  providers: {',
    `    ${name}: {`,
    ...options,
    '    },',
    '  },',
    '})',
    '```',
    '',
    '| where | what |',
    '|---|---|',
    `| redirect URI, to register | ${code(`https://app.example/auth/callback/${name}`)} |`,
    `| link or button of your page | ${code(`<a href="/auth/sign-in?provider=${name}">${button}</a>`)} |`,
    '',
    'With [`session: true`](../sessions.md), `auth.getSession(request)` has it as `session.user`. `onSession` gets it as `session.profile`.',
  ]
}

/** @param {Provider} provider */
const writeAuthentication = (provider) => {
  if (hasTrait(provider, 'sign')) return '`client_secret_post`, with a JWT that `privateKey` signs'
  if (hasMetadata(provider)) return 'what its metadata offers, `client_secret_basic` first'
  return code(authenticationOf(provider))
}

/** @param {Provider} provider */
const writeNonce = (provider) => {
  if (!isOpenid(provider)) return 'no: there is no ID Token'
  return hasNonce(provider) ? 'yes, compared with the ID Token' : 'no: its ID Tokens have no `nonce`'
}

/** @param {Provider} provider */
const writeIss = (provider) => {
  const { issuer } = provider.columns
  if (!hasServers(provider)) return 'compared with `issuer`'
  return issuer ? `compared with ${code(issuer)}` : 'not compared: no issuer is documented'
}

const CHOICE = '; the redirect URI ends in the one that you choose'

/** @param {Provider} provider */
const writeRequests = (provider) => {
  const { name, names, columns } = provider
  const allowed = allowedOf(provider)
  const addresses = [
    'authorization_endpoint',
    'token_endpoint',
    'jwks_uri',
    'userinfo_endpoint',
    'emails_endpoint',
    'revocation_endpoint',
    'end_session_endpoint',
  ].filter((column) => columns[column])
  const rows = [
    ['names in `providers` and `use`', `${listed(names)}${names.length > 1 ? CHOICE : ''}`],
    ['default `scopes`', columns.scope ? listed(columns.scope.split(' ')) : 'empty'],
    ['parameters that [one sign-in may add](../providers.md#parameters-of-one-sign-in)', listed(allowed)],
    ...paramsOf(provider).map(([param, value]) => ['parameter of every sign-in', code(`${param}=${value}`)]),
    ...(hasTrait(provider, 'form_post')
      ? [['response', 'by [POST](../providers.md#the-answer-by-post)']]
      : []),
    ['`iss` of the response', writeIss(provider)],
    ['PKCE', hasPkce(provider) ? 'S256' : 'no'],
    ['`nonce`', writeNonce(provider)],
    ['client authentication', writeAuthentication(provider)],
    ...(hasTrait(provider, 'json') ? [['token request', 'JSON']] : []),
    ...headersOf(provider).map(([field, value]) => ['header of every request', code(`${field}: ${value}`)]),
    ...(columns.alg ? [['algorithm of the ID Token', code(columns.alg)]] : []),
    ...(columns.also_issuer ? [['second issuer of its ID Tokens', code(columns.also_issuer)]] : []),
    ...addresses.map((column) => [code(column), code(columns[column])]),
    ...(hasMetadata(provider) ? [['addresses', 'from the metadata of the issuer']] : []),
  ]
  return [
    `## What \`${name}\` stands for`,
    '',
    '| what | value |',
    '|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ]
}

/** What stands between the marks of a page. @type {Record<string, (provider: Provider) => string[]>} */
const PARTS = {
  start: writeStart,
  facts: (provider) => [...writeProfile(provider), '', ...writeRequests(provider)],
}

const begin = (part) => `<!-- providers.def: ${part} -->`
const END = '<!-- end -->'

/**
 * A page with one part as it is to be.
 * @param {string} text @param {string} path @param {string} part @param {string[]} lines
 */
const replacePart = (text, path, part, lines) => {
  const from = text.indexOf(begin(part))
  const to = text.indexOf(END, from)
  if (from < 0 || to < 0) throw new Stop(`${path} has no ${begin(part)} with ${END} behind it`)
  return `${text.slice(0, from)}${[begin(part), '', ...lines, '', END].join('\n')}${text.slice(to + END.length)}`
}

/** What a page without a text of its own is. */
const EMPTY = Object.keys(PARTS)
  .map((part) => `${begin(part)}\n${END}\n`)
  .join('\n## Register the app\n\n')

/** The page of a provider with its generated parts renewed. @param {Provider} provider @param {string} [text] */
const renewProviderPage = (provider, text = EMPTY) =>
  Object.entries(PARTS).reduce(
    (page, [part, write]) => replacePart(page, pageOf(provider), part, write(provider)),
    text,
  )

/** A page's address, from a page in docs/. @param {Provider} provider */
const linkOf = (provider) => `[${provider.title}](${pageOf(provider).replace('docs/', '')})`

/**
 * The lists of all providers, by the page that has them.
 * @type {Record<string, (providers: Provider[]) => string[]>}
 */
const LISTS = {
  'docs/providers.md': (providers) => [
    '| provider | name in `providers` | options | `email_verified` |',
    '|---|---|---|---|',
    ...providers.map((provider) => {
      const canBeTrue = profileOf(provider).email_verified !== '' || provider.columns.emails !== ''
      return `| ${linkOf(provider)} | ${listed(provider.names)} | ${listed(optionsOf(provider))} | ${
        canBeTrue ? 'where the provider says so' : 'never'
      } |`
    }),
  ],
  'docs/README.md': (providers) => [`Providers by name: ${providers.map(linkOf).join(' · ')}`],
}

/** The pages that list all providers. */
const LIST_PAGES = Object.keys(LISTS)

/** @param {string} path one of LIST_PAGES @param {string} text @param {Provider[]} providers */
const renewProviderList = (path, text, providers) => replacePart(text, path, 'list', LISTS[path](providers))

/**
 * Every page that providers.def writes a part of, as it is to be. A row without a page gets one.
 * @returns {{ path: string, text: string }[]}
 */
export const renewProviderDocs = () => {
  const providers = readProviders()
  const read = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined)
  return [
    ...providers.map((provider) => ({
      path: pageOf(provider),
      text: renewProviderPage(provider, read(pageOf(provider))),
    })),
    ...LIST_PAGES.map((path) => ({ path, text: renewProviderList(path, read(path) ?? '', providers) })),
  ]
}
