// docs/benchmarks.md, made of what was measured.
import { readFileSync } from 'node:fs'
import { arch, cpus, platform, totalmem } from 'node:os'
import { digits, grouped } from './numbers.mjs'
import { listVersions } from './peers.mjs'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

const describeMachine = () => {
  const list = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const { node, v8 } = process.versions
  return `${list.length} × ${list[0].model}, ${memory} GiB, ${platform()} ${arch()}, Node ${node} (V8 ${v8})`
}

const makeIntroduction = () => `# Benchmarks

\`npm run bench\` measures everything here in one run and writes this page: Landfall beside the libraries that people use for the same
route. The page has no figure that was not measured on ${new Date().toISOString().slice(0, 10)}, on one machine:
${describeMachine()}.

Landfall ${version}; ${listVersions()}.

## How to read it

**Ratios, not microseconds.** Other machines have other microseconds, and a busy one has others each second. So every round runs each case once, in
random order, and a ratio is the median over the rounds of one case divided by the other of the same round. 0.2 means a fifth of the time.

**The network is left out.** The token endpoint is a function that answers a fresh \`Response\`. A real one takes far longer than
anything here: what is compared is the work that a server does itself for each sign-in.

**The same around everyone.** arctic, oauth4webapi and openid-client stop at the tokens. They get the same JavaScript for the rest: a cookie for the
transaction, \`new URL\` for \`next\`, the session as base64url in cookies of at most 3180 characters, a 303. So does "Landfall" with a provider
of its own; "Landfall, Supabase" writes Supabase's cookies itself, beside @supabase/ssr in the route of Supabase's guide. Each library is used as its
documentation shows, and before anything is timed, a whole sign-in with it has to end at \`next\` with a session.

**Not everyone does the same.** @auth/core, better-auth and iron-session encrypt their cookies, and the first two map a profile to a user;
Landfall seals the transaction and does not encrypt it. What Landfall does besides: it refuses a second answer to one sign-in, keeps parallel tabs apart,
and checks what it emits.

## Where others are better

- **Size.** arctic, oauth4webapi and openid-client are several times smaller: they are JavaScript on what the platform brings. Landfall brings its own
  URL rules, JSON reader and SHA-256, compiled from C++. On a server that is a file read once; in a page it is bytes to transfer.
- **Cold start.** The module has to be compiled and instantiated before the first sign-in, which the small libraries do not have.
- **Callbacks.** Where a fetch-style handler has to make a \`Response\`, most of the time is the platform's. Among the small libraries
  the order in the tables is close, and not always Landfall's.
- **Other work.** Some of these keep sessions, users and databases, or speak more of OAuth; Landfall is the callback route.
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
