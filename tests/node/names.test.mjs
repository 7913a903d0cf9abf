// The names of the core: what a verb promises (the list is in CONTRIBUTING.md), and that `landfall` and `landfall::supabase`
// share none. Of two functions with one name, an include more or less would decide which one is called.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

const CORE = new URL('../../wasm/', import.meta.url)
const GUIDE = new URL('../../CONTRIBUTING.md', import.meta.url)

/** What functions of a verb return. */
const PROMISES = {
  parse:
    /^(?:bool|Result<.*>|(?:static )?std::optional<.*>|(?:const )?\w+\*|Forwarded|RequestTarget|FetchFailure|Route)$/,
  read: /^(?:Result<.*>|std::optional<.*>|bool|int|Text|Character|std::(?:string_view|uint32_t)|Problem|ConfigError|PublicKey|List<.*>|\w+&|const \w+\*)$/,
  find: /^(?:const \w+\*|std::optional<.*>|List<.*>|ErrorCode|Attempts|FoundProvider|Route|std::string_view)$/,
  list: /^List<.*>$/,
  check: /^(?:ErrorCode|Error|NextVerdict|void)$/,
  is: /^bool$/,
  has: /^bool$/,
  may: /^bool$/,
  choose: /^(?:std::string_view|ClientAuthentication)$/,
  resolve: /^Result<.*>$/,
  make: /^Text$/,
  build: /^(?:Text|Result<.*>|Pending|ClientRequest|Page|std::array<.*>)$/,
  append: /^void$/,
  add: /^void$/,
  take: /^(?:std::optional<.*>|std::string_view|Text|bool|char|Attempt)$/,
  start: /^(?:Result<Started>|Step&|List<.*>|void)$/,
  end: /^(?:List<.*>|void)$/,
  write: /^void$/,
  clear: /^(?:List<.*>|void)$/,
  ask: /^Fetch&$/,
  respond: /^Respond&$/,
  resume: /^Step&$/,
  split: /^List<.*>$/,
  join: /^Text$/,
}

// Boost chose the names in boost.cpp.
const files = readdirSync(CORE, { recursive: true })
  .map(String)
  .filter((file) => /\.[ch]pp$/.test(file) && file !== 'web/boost.cpp')
  .sort()

/** What a file declares outside of functions, without the methods of a .cpp. @param {string} file */
const declarationsOf = (file) => {
  const source = readFileSync(new URL(file, CORE), 'utf8').replaceAll(/\/\/.*/g, '')
  const inner = source.includes('namespace landfall::supabase {') ? 'supabase' : ''
  const indent = file.endsWith('.hpp') ? '(?:  )?' : ''
  const words = '(?:\\[\\[.*?\\]\\] )?(?:(?:constexpr|consteval|inline|static|friend|virtual) )*'
  const functions = new RegExp(
    `^(${indent})(?:template <.*>\\n *)?${words}((?:const )?[\\w:]+(?:<[^;={}()]*>)?[*&]?) ?\\b(\\w+)\\(`,
    'gm',
  )
  const types = /^(?:struct|class|enum|enum class) (\w+)[^;]*\{/gm
  const constants = /^(?:inline )?constexpr .*?\b(k\w+)\b/gm
  const isPublic = file.endsWith('.hpp')
  return {
    inner,
    functions: [...source.matchAll(functions)]
      .filter(([, , type]) => !['return', 'else', 'if', 'new', 'delete', 'explicit', 'case'].includes(type))
      .map(([, margin, type, name]) => ({ file, type, name, isMethod: margin !== '' })),
    others: isPublic
      ? [...source.matchAll(types), ...source.matchAll(constants)].map(([, name]) => name)
      : [],
  }
}

const declared = files.map(declarationsOf)

/** The names of a namespace, each with whether it is a method's. @param {string} inner */
const namesOf = (inner) => {
  const own = declared.filter((one) => one.inner === inner)
  const names = new Map(
    own.flatMap(({ functions }) => functions.map(({ name, isMethod }) => [name, isMethod])),
  )
  for (const { functions, others } of own)
    for (const name of [...others, ...functions.filter((one) => !one.isMethod).map((one) => one.name)])
      names.set(name, false)
  return names
}

test('landfall and landfall::supabase share no name', () => {
  const outer = namesOf('')
  const inner = namesOf('supabase')
  assert.ok(outer.has('callback') && outer.has('find_provider') && outer.has('Provider'), 'nothing was read')
  assert.ok(inner.has('auth_callback') && inner.has('find_auth_provider') && inner.has('Project'))
  // Two methods are told apart by their objects.
  const shared = [...inner].filter(([name, isMethod]) => outer.has(name) && !(isMethod && outer.get(name)))
  assert.deepEqual(shared, [])
})

test('a verb keeps its promise', () => {
  const broken = []
  for (const { file, type, name } of declared.flatMap(({ functions }) => functions)) {
    const promise = Object.entries(PROMISES).find(([verb]) => name.startsWith(`${verb}_`))?.[1]
    if (promise && !promise.test(type)) broken.push(`${file}: ${type} ${name}`)
  }
  assert.deepEqual(broken, [])
})

test('CONTRIBUTING.md has the list of verbs', () => {
  const verbs = readFileSync(GUIDE, 'utf8').match(/^\| verb \|[\s\S]*?\n\n/m)?.[0] ?? ''
  const listed = [...verbs.matchAll(/^\|(.*?)\|/gm)].flatMap(([, cell]) =>
    [...cell.matchAll(/`(\w+)_`/g)].map(([, verb]) => verb),
  )
  assert.deepEqual(listed.sort(), Object.keys(PROMISES).sort())
})
