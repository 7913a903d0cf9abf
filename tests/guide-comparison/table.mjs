// docs/compared-with-the-guide.md, made of the rows.

const isSame = (row) => {
  const score = (facts) => row.good(facts).filter(Boolean).length
  const guides = row.routes ? Object.values(row.guide.is) : [row.guide.is]
  return guides.every((facts) => score(facts) === score(row.landfall.is))
}

const STRICTER = `Not counted above: what the guide's route goes to and Landfall does not. The check lets through only what every engine reads in one
way, as it is written, and \`next\` travels in a cookie, which browsers limit.`

const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

/** @param {Record<string, object[]>} groups @param {object[]} stricter rows of their own @param {string} libraries with versions */
export function makePage(groups, stricter, libraries) {
  const rows = Object.values(groups).flat()
  const same = rows.filter(isSame).length
  const parts = [
    '# Compared with the guide',
    '',
    `Supabase's guide "Login with Bitbucket" has a callback route to copy into an app. Here it stands beside Landfall's, in
${rows.length} scenarios: Landfall does better in ${rows.length - same}, the same in ${same}, worse in none.

Both run against one stand-in for Supabase's Auth server, in one model of a browser; who is signed in is for the real libraries
to say (${libraries}). Where nothing else is said, the guide's route is the one for Next.js,
written after the guide in our own words: \`tests/guide-comparison/\`.

\`tests/node/guide-comparison.test.mjs\` runs every row both ways and fails where one does not hold. It also wrote this page, with
\`UPDATE_DOCS=1\`.`,
  ]
  const addTable = (list) => {
    parts.push('', line(['scenario', "guide's route", 'Landfall']), '|---|---|---|')
    for (const { scenario, guide, landfall } of list) parts.push(line([scenario, guide.says, landfall.says]))
  }
  for (const [name, list] of Object.entries(groups)) {
    parts.push('', `## ${name}`)
    addTable(list)
  }
  parts.push('', '## Stricter', '', STRICTER)
  addTable(stricter)
  return `${parts.join('\n')}\n`
}
