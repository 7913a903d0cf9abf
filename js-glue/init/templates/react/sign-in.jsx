/** Links, because a sign-in is a page of its own: a router's link would only load data. */
export const SignIn = () => (
  <p>
    LINKS
  </p>
)

export const SignOut = () => (
  <form method="post" action="/auth/sign-out">
    <button type="submit">Sign out</button>
  </form>
)
