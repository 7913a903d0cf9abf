// docs/conformance.md, made of the plans and modules.

const introduce = ({ run, missing, both, all, plans }) => `# Conformance

The OpenID Foundation's conformance suite has test plans for relying parties. This page says what Landfall does in each of the ${all} modules of ${plans} plans.
The tests run ${run} of them. Landfall does not support ${missing}: each of these has its reason here, and the tests run ${both} of them to show what it does instead. The plans for implicit and hybrid response types are not here: without Supabase, Landfall has the
code flow alone.

These are Landfall's own tests of the same expectations: names and expectations are the suite's, the code is not. They are no certification, and Landfall is not
certified. \`tests/conformance/\` has a provider that is a stand-in, with the fault of each module. Landfall's handlers and a model of a browser meet it over HTTP.
For a refused sign-in, the tests also check that nobody is signed in, and that the app's \`onSession\` does not hear of it. Landfall asks no endpoint after the one in
the last column. Without its fault, each of these sign-ins succeeds.

\`tests/node/conformance.test.mjs\` runs the modules. It also wrote this page, with \`UPDATE_DOCS=1\`.`

const ENDPOINTS = {
  metadata: 'metadata',
  token: 'token endpoint',
  jwks: 'key set',
  userinfo: 'userinfo endpoint',
}

const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
const linked = (code) => `[\`${code}\`](errors.md#${code})`

/** What Landfall does. */
const wordsFor = ({ missing, does, needs, expect }) => {
  if (missing) return `**not supported**: ${missing}`
  if (does) return does
  const [code, part] = expect.told?.split(' ') ?? []
  if (part) return `refuses it with ${linked(code)}: \`${part}\`${needs ? ` (${needs})` : ''}`
  if (expect.outcome === 'renewed') return 'gives the new access token'
  return expect.outcome === 'ok' ? 'signs in' : `refuses it with ${linked(expect.outcome)}`
}

/** The endpoint that Landfall asks last, in a module that ends with a request. */
const lastOf = ({ missing, expect }) =>
  missing || expect.told ? '' : ENDPOINTS[expect.asked.split(' ').at(-1)]

/** @param {import('./plans.mjs').Plan[]} plans @param {Record<string, any>} modules by name */
export const makePage = (plans, modules) => {
  const all = Object.values(modules)
  const countOf = (isOne) => all.filter(isOne).length
  const counts = {
    all: all.length,
    run: countOf(({ expect }) => expect),
    missing: countOf(({ missing }) => missing),
    both: countOf(({ expect, missing }) => expect && missing),
    plans: plans.flatMap((plan) => plan.plans).length,
  }
  const parts = [introduce(counts)]
  const shown = new Set()
  for (const plan of plans) {
    const names = plan.modules.filter((name) => !shown.has(name))
    const again = plan.modules.filter((name) => shown.has(name))
    for (const name of names) shown.add(name)
    parts.push('', `## ${plan.title}`, '', `${plan.plans.map((name) => `\`${name}\``).join(', ')}`, '')
    const last = names.map((name) => lastOf(modules[name]))
    const withLast = (cells, one) => line(last.some(Boolean) ? [...cells, one] : cells)
    parts.push(withLast(['module', 'the provider sends', 'a relying party', 'Landfall'], 'last request'))
    parts.push(withLast(['---', '---', '---', '---'], '---').replaceAll(' ', ''))
    for (const [index, name] of names.entries()) {
      const { sends, wants } = modules[name]
      parts.push(withLast([`\`${name}\``, sends, wants, wordsFor(modules[name])], last[index]))
    }
    if (again.length > 0)
      parts.push(
        '',
        `A table above has the other modules of this plan: ${again.map((name) => `\`${name}\``).join(' · ')}.`,
      )
  }
  return `${parts.join('\n')}\n`
}
