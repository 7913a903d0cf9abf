import {
  data,
  type HeadersArgs,
  type LoaderFunctionArgs,
  redirectDocument,
  useLoaderData,
} from 'react-router'
import { auth } from '../lib/auth.server'

export const meta = () => [{ title: 'Your account' }]

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { user, setCookie } = await auth.getUser(request)
  const headers = new Headers({ 'cache-control': 'private, no-store' })
  for (const line of setCookie) headers.append('set-cookie', line)
  if (!user) throw redirectDocument('/auth/sign-in?next=/account', { headers })
  return data({ email: user.email }, { headers })
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
