import { createClient } from '@/lib/supabase'

export const metadata = { title: 'Your account' }

export default async function Account() {
  const supabase = await createClient()
  const { data } = await supabase.auth.getClaims()
  return (
    <>
      <h1>Your account</h1>
      <p>You are signed in as {data?.claims.email}.</p>
      <form method="post" action="/auth/sign-out">
        <button type="submit">Sign out</button>
      </form>
    </>
  )
}
