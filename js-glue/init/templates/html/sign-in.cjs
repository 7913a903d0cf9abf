/** HTML for a page. */
exports.signIn = `<p>
  LINKS
</p>`

exports.signOut = '<form method="post" action="/auth/sign-out"><button>Sign out</button></form>'
