// `npm start`: the demo on the command line. PORT chooses the app's port; SUPABASE_URL and SUPABASE_ANON_KEY name a
// Supabase project to sign in with in place of the stand-ins.
import { createDemo } from './demo.mjs'
import { readProject } from './supabase.mjs'

const DEFAULT_PORT = 3000

function explain(error) {
  if (error.code === 'config_invalid' || error.message.startsWith('Set both SUPABASE_URL'))
    return error.message
  const missing = error.code === 'ERR_MODULE_NOT_FOUND' && /dist\/|oidc-provider/.test(error.message)
  if (!missing) return error
  return error.message.includes('dist')
    ? 'Landfall is not built yet: run `npm run build` first.'
    : 'The embedded provider is not installed yet: run `npm ci` first.'
}

/** What each button of the start page leads to. */
function describe({ url, issuer, supabase }) {
  const openid = `  OpenID         the embedded provider, ${issuer}`
  return supabase.bitbucketUrl
    ? `${openid}
  Supabase Auth  a stand-in, not Supabase: ${supabase.url}
  Bitbucket      a stand-in, not Bitbucket: ${supabase.bitbucketUrl}

  For your own project, set SUPABASE_URL and SUPABASE_ANON_KEY.`
    : `${openid}
  Supabase Auth  your project, ${supabase.url}
                 Switch Bitbucket on there, and add ${url}auth/callback?**
                 to its redirect URLs`
}

try {
  const demo = await createDemo({
    port: Number(process.env.PORT ?? DEFAULT_PORT),
    project: readProject(process.env),
  })
  console.log(`
  Landfall demo is running. Open

    ${demo.url}

  and sign in. Press Ctrl+C to stop.

${describe(demo)}
`)
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, async () => {
      await demo.close()
      process.exit(0)
    })
  }
} catch (error) {
  console.error(explain(error))
  process.exit(1)
}
