// docs/compared-with-the-guide.md, made of the rows.

const isSame = (row) => {
  const score = (facts) => row.good(facts).filter(Boolean).length
  const guides = row.routes ? Object.values(row.guide.is) : [row.guide.is]
  return guides.every((facts) => score(facts) === score(row.landfall.is))
}

const STRICTER = `The count above leaves out addresses that the guide's route follows and Landfall does not. The check accepts only what every engine reads in
the same way, as written. \`next\` travels in a cookie, and browsers limit cookies.`

const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

/** @param {Record<string, object[]>} groups @param {object[]} stricter rows of their own @param {string} libraries with versions */
export function makePage(groups, stricter, libraries) {
  const rows = Object.values(groups).flat()
  const same = rows.filter(isSame).length
  const parts = [
    '# Compared with the guide',
    '',
    `Supabase's guide "Login with Bitbucket" has a callback route to copy into an app. This page compares it with Landfall's
in ${rows.length} scenarios. Landfall is better in ${rows.length - same}, equal in ${same}, and worse in 0.

Both run against one stand-in for Supabase's Auth server, in one model of a browser. The real libraries (${libraries})
say who is signed in. The guide's route is the one for Next.js unless a row says otherwise. \`tests/guide-comparison/\` has a version of it
in different words.

\`tests/node/guide-comparison.test.mjs\` runs every row both ways and fails if one row is wrong. It also wrote this page, with
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
