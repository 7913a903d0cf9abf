// What a test does in such a page: sign in, finish, and ask Supabase's own client what it sees.

/** Waits for the page's script. */
export const ready = (page) => page.waitForFunction(() => globalThis.auth !== undefined)

/** Opens an address, also when only its fragment is another. */
export async function visit(page, url) {
  await page.goto('about:blank')
  await page.goto(url)
  await ready(page)
}

/** Runs what leads away, and waits until the browser is back with an answer. */
export async function leave(page, start, argument) {
  const isBack = ({ hostname, href }) =>
    hostname === 'localhost' && /[?&#](code|error|access_token)=/.test(href)
  await Promise.all([page.waitForURL(isBack), page.evaluate(start, argument)])
  await ready(page)
}

/** Signs in as far as the answer in the page's address. */
export const signIn = (page, options, provider = 'bitbucket') =>
  leave(page, (asked) => void globalThis.auth.signInWithOAuth(asked), { provider, options })

/** The `{ data, error }` of something asynchronous in the page; an error keeps its name and code. */
export const ask = (page, run, argument) =>
  page.evaluate(`(async () => {
    const { data, error } = await (${run})(${JSON.stringify(argument)})
    return { data, error: error && { name: error.name, code: error.code } }
  })()`)

export const complete = (page, asked) => ask(page, (asked) => globalThis.auth.complete(asked), asked)
export const signOut = (page, asked) => ask(page, (asked) => globalThis.auth.signOut(asked), asked)

/** The session that a fresh client of Supabase's finds, or null. */
export const realSession = async (page) => {
  const { data, error } = await ask(page, () => globalThis.real().auth.getSession())
  if (error) throw new Error(`getSession: ${error.name}`)
  return data.session
}

/** What is kept of a session: only the caller gets its profile. */
export const withoutProfile = ({ profile, ...session }) => {
  if (profile.sub !== session.user.id) throw new Error('the profile is of somebody else')
  return session
}

/** Everything that is kept of sign-ins: names of cookies and of what is in localStorage. */
export const kept = (page) =>
  page.evaluate(() => {
    const names = document.cookie.split('; ').map((pair) => pair.replace(/=.*/, ''))
    return [...names, ...Object.keys(localStorage)].filter((name) => /^(sb-|landfall)/.test(name)).sort()
  })
