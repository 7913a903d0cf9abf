/** HTML for a page. */
export const signIn = `<p>
  LINKS
</p>`

export const signOut = '<form method="post" action="/auth/sign-out"><button>Sign out</button></form>'
