import { signIn } from './actions'

export default function Home() {
  return (
    <>
      <h1>Welcome</h1>
      <form action={signIn}>
        <button type="submit">Continue with Bitbucket</button>
      </form>
    </>
  )
}
