import { type ActionFunctionArgs, redirectDocument } from 'react-router'

export const action = async ({ request }: ActionFunctionArgs) => {
  const next = String((await request.formData()).get('next'))
  return redirectDocument(`/auth/sign-in?${new URLSearchParams({ provider: 'work', next })}`, 303)
}

export default function Home() {
  return (
    <form method="post" action="/?index">
      <input name="next" defaultValue="/" />
      <button type="submit">Sign in</button>
    </form>
  )
}
