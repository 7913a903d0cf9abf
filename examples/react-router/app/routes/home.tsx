export const meta = () => [{ title: 'Welcome' }]

export default function Home() {
  return (
    <>
      <h1>Welcome</h1>
      <p>
        <a href="/auth/sign-in?provider=bitbucket&next=/account">Continue with Bitbucket</a>
      </p>
    </>
  )
}
