import {
  data,
  type HeadersArgs,
  type LoaderFunctionArgs,
  redirectDocument,
  useLoaderData,
} from 'react-router'
import { createClient } from '../lib/supabase.server'

export const meta = () => [{ title: 'Your account' }]

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const headers = new Headers()
  const { data: verified } = await createClient(request, headers).auth.getClaims()
  if (!verified) throw redirectDocument('/auth/sign-in?provider=bitbucket&next=/account', { headers })
  return data({ email: verified.claims.email }, { headers })
}

/** Without this, the response has the loader's cookies but not its cache headers. */
export const headers = ({ loaderHeaders }: HeadersArgs) => loaderHeaders

export default function Account() {
  const { email } = useLoaderData<typeof loader>()
  return (
    <>
      <h1>Your account</h1>
      <p>You are signed in as {email}.</p>
      <form method="post" action="/auth/sign-out">
        <button type="submit">Sign out</button>
      </form>
    </>
  )
}
