// What a person does at the embedded provider and at the stand-in for Bitbucket, and how a test gets between it and the app.

/** Types a name and presses Continue; the page is then at the question of consent. */
export async function logIn(page, name = 'ada') {
  await page.getByLabel('User name').fill(name)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Allow' }).waitFor()
}

/** Presses Allow or Deny, and waits for the app's answer. */
export async function answerConsent(page, decision = 'Allow') {
  await Promise.all([
    page.waitForURL((url) => !url.pathname.startsWith('/interaction/')),
    page.getByRole('button', { name: decision }).click(),
  ])
}

/** Where the demo starts a sign-in. */
export const signInUrl = (appUrl, next, provider = 'openid') =>
  new URL(`/auth/sign-in?${new URLSearchParams({ provider, next })}`, appUrl).href

/** Waits until the browser has got to the stand-in for Bitbucket. */
export const reachBitbucket = (page) => page.getByRole('heading', { name: 'Grant access?' }).waitFor()

/** Answers the stand-in for Bitbucket, and waits for the app's answer. */
export async function answerBitbucket(page, decision = 'Grant access') {
  await reachBitbucket(page)
  await Promise.all([
    page.waitForURL((url) => !url.pathname.startsWith('/site/oauth2/')),
    page.getByRole('button', { name: decision }).click(),
  ])
}

/** A whole sign-in, from any page that leads to the provider. */
export async function signIn(page, appUrl, next = '/welcome') {
  await page.goto(signInUrl(appUrl, next))
  await logIn(page)
  await answerConsent(page)
}

/**
 * Answers the consent and keeps the browser from following the answer: the callback is not opened, and its address is returned.
 */
export async function takeCallbackUrl(page, decision = 'Allow') {
  const session = await page.context().newCDPSession(page)
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*/auth/callback/*?*' }] })
  const taken = new Promise((resolve) => {
    session.once('Fetch.requestPaused', async ({ requestId, request }) => {
      await session.send('Fetch.fulfillRequest', { requestId, responseCode: 204 })
      resolve(request.url)
    })
  })
  await page.getByRole('button', { name: decision }).click()
  const url = await taken
  await session.detach()
  return url
}
