// A page for signed-in people: proxy.ts lets nobody else in.
import { getSession } from 'landfall/next'
import { Suspense } from 'react'
import { auth } from '../../lib/auth'

const Person = async () => {
  const session = await getSession(auth)
  return <p id="who">{session?.provider}</p>
}

export default function Account() {
  return (
    <Suspense>
      <Person />
    </Suspense>
  )
}
