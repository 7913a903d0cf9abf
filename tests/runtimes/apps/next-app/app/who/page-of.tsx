import type { Auth } from 'landfall'
import { getUser } from 'landfall/next'
import { Suspense } from 'react'

const Person = async ({ auth }: { auth: Auth }) => {
  const user = await getUser(auth)
  return <p id="who">{user?.provider ?? 'nobody'}</p>
}

/** Who is signed in, as a Server Component sees it; and a form whose action asks too. */
export const pageOf = (auth: Auth, ask: () => Promise<void>) => () => (
  <>
    <Suspense>
      <Person auth={auth} />
    </Suspense>
    <form action={ask}>
      <button type="submit">Ask</button>
    </form>
  </>
)
