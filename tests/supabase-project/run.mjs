// `npm run test:project`: compares the Supabase project that SUPABASE_URL names with what the real server is
// recorded to say.
// Exit code 0: no difference; 1: differences; 2: there is no project to ask.
import { FACTS } from './facts/all.mjs'
import { cell, tableOf } from './support/compare.mjs'
import { check } from './support/fact.mjs'
import { connect } from './support/project.mjs'

const {
  SUPABASE_URL: url,
  SUPABASE_ANON_KEY: anonKey,
  SUPABASE_SERVICE_ROLE_KEY: serviceRoleKey,
} = process.env

/** @param {string} sentence why there is no project to ask */
function refuse(sentence) {
  console.error(cell(sentence))
  process.exit(2)
}

/** @param {import('./support/project.mjs').Project} project */
async function compareAll(project) {
  const results = []
  for (const fact of FACTS) {
    const result = await check(fact, project)
    const { name, skipped, differences } = result
    if (skipped) console.log(`- ${name} (skipped: ${skipped})`)
    else console.log(`${differences.length > 0 ? '✗' : '✓'} ${name}`)
    results.push(result)
  }
  return results
}

if (!url || !anonKey) {
  refuse(
    'Set SUPABASE_URL and SUPABASE_ANON_KEY, and SUPABASE_SERVICE_ROLE_KEY for the facts about sessions.',
  )
}
if (!URL.canParse(url)) refuse('SUPABASE_URL is no URL.')
const project = await connect({ url, anonKey, serviceRoleKey }).catch((error) =>
  refuse(`SUPABASE_URL does not lead to a project: ${error.cause?.message ?? error.message}`),
)
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => project.close().finally(() => process.exit(2)))
}
let kept = []
const results = await compareAll(project).finally(async () => {
  kept = await project.close()
})

const differences = results.flatMap((result) => result.differences)
const skipped = results.filter((result) => result.skipped).length
const different = results.filter((result) => result.differences.length > 0).length
console.log(
  `\n${results.length - skipped - different} as recorded, ${different} different, ${skipped} skipped`,
)
if (kept.length > 0) console.log(`Remove these users yourself: ${kept.map(cell).join(', ')}`)
if (differences.length > 0) console.log(`\n${tableOf(differences)}`)
// A request that the project never answers would keep the process.
process.exit(differences.length > 0 ? 1 : 0)
