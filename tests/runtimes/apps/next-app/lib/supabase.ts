import { createAuth } from 'landfall'
import { pathsIn } from './auth'

const { env } = process

/** The session of a Supabase project, which the proxy does not renew. */
export const supabase = createAuth(() => ({
  origin: env.APP_ORIGIN,
  ...(env.BASE_PATH && { basePath: env.BASE_PATH }),
  supabase: { url: env.SUPABASE_URL, key: env.SUPABASE_ANON_KEY, providers: { bitbucket: {} } },
  paths: pathsIn('/supabase'),
}))
