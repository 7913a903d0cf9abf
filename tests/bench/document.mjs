// docs/benchmarks.md, made of what was measured.
import { readFileSync } from 'node:fs'
import { arch, cpus, loadavg, platform, totalmem } from 'node:os'
import { digits, grouped } from './numbers.mjs'
import { listVersions } from './peers.mjs'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

const describeMachine = () => {
  const list = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const { node, v8 } = process.versions
  const machine = `${list.length} × ${list[0].model}, ${memory} GiB, ${platform()} ${arch()}, Node ${node} (V8 ${v8})`
  return `${machine}, at a load of ${digits(loadavg()[2])} in these 15 minutes`
}

const makeIntroduction = () => `# Benchmarks

\`npm run bench\` measures everything here in one run and writes this page: Landfall and the libraries that people use for the same
route. The run measured every figure on ${new Date().toISOString().slice(0, 10)}, on one machine:
${describeMachine()}.

Landfall ${version}; ${listVersions()}.

## How to read it

**Read ratios, not microseconds.** Microseconds depend on the machine and on its load. So every round runs each case once, in random order. Each round
divides one case by another, and a ratio is the median of all rounds. 0.2 means a fifth of the time.

**No network.** The token endpoint is a function that returns a fresh \`Response\`. A real one takes far longer than anything here. The page compares the
work that a server does itself for each sign-in.

**The same code around every library.** arctic, oauth4webapi and openid-client stop at the tokens. They get the same JavaScript for the rest. It keeps the
transaction in a cookie, and checks \`next\` with \`new URL\`. It writes the session as base64url in cookies of at most 3180 characters, and sends a 303.
"Landfall" with a direct provider gets it too. "Landfall, Supabase" writes Supabase's cookies itself, like @supabase/ssr in the route of Supabase's guide. The run uses each library as its
documentation shows. Before the timing, a whole sign-in with each library must end at \`next\` with a session.

**Not every library does the same.** @auth/core, better-auth, iron-session and nextjs-auth0 encrypt their cookies, and so does Landfall with its own session. @auth/core and better-auth map a profile
to a user. Landfall seals the transaction and does not encrypt it. Landfall also refuses a second response to one sign-in, keeps parallel tabs apart, and checks
its output.

## Where others are better

- **Size.** arctic, oauth4webapi and openid-client are several times smaller: they are JavaScript and use the platform's functions. Landfall brings its own
  URL rules, JSON reader, SHA-256 and cipher, compiled from C++. With a session, iron-session, @auth/core and nextjs-auth0 are smaller too. Each app gets the whole module: sessions,
  Supabase, the pages and every provider by name. A server reads this file once; a page must transfer its bytes.
- **Cold start.** The runtime must compile and instantiate the module before the first sign-in. The small libraries have no such step.
- **Callbacks.** If a fetch-style handler must make a \`Response\`, the platform takes most of the time. The small libraries take less of the rest:
  with the same cookies around both, oauth4webapi is faster than Landfall.
- **Other work.** Some libraries keep users and databases, end sessions in a store, or support more of OAuth.
`

/** @param {import('./run.mjs').Section} section */
export const toSection = ({ title, text, tables }) => [`## ${title}`, text, ...tables].join('\n\n')

/** @param {import('./run.mjs').Section[]} sections */
const toRatios = (sections) => {
  const rows = sections.flatMap(({ ratios }) => ratios)
  const lines = rows.map(
    ({ what, value }) => `| ${what} | ${value > 1000 ? grouped(value) : digits(value)} |`,
  )
  return ['## The ratios to watch', ['| what | now |', '|---|---:|', ...lines].join('\n')].join('\n\n')
}

/** @param {import('./run.mjs').Section[]} sections */
export const toDocument = (sections) =>
  `${[makeIntroduction(), ...sections.map(toSection), toRatios(sections)].join('\n\n').replace(/\n{3,}/g, '\n\n')}\n`
