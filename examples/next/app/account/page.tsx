import { getUser } from 'landfall/next'
import { auth } from '@/lib/auth'

export const metadata = { title: 'Your account' }

export default async function Account() {
  const user = await getUser(auth)
  return (
    <>
      <h1>Your account</h1>
      <p>You are signed in as {user?.email}.</p>
      <form method="post" action="/auth/sign-out">
        <button type="submit">Sign out</button>
      </form>
    </>
  )
}
