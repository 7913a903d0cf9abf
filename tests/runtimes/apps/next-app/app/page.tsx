import { signIn } from './actions'

export default function Home() {
  return (
    <form action={signIn}>
      <input name="next" defaultValue="/" />
      <button type="submit">Sign in</button>
    </form>
  )
}
