// A Supabase project for the doctor, alone or with an app that signs in through it.
import { startSupabaseAuth } from '../../../stand-ins/supabase-auth.mjs'
import { startBehindProxy } from './doctor.mjs'

export const PROJECT = ['project', 'key', 'project-clock', 'provider', 'provider-return']
export const REDIRECTS = ['redirect', 'redirect-wide']
const SITE = 'http://site.example'

/** @param {import('node:test').TestContext} t @param {object} [options] of the stand-in */
export const startProject = async (t, options) => {
  const project = await startSupabaseAuth({ siteUrl: SITE, ...options })
  t.after(() => project.close())
  return project
}

/**
 * An app and its project. Supabase always comes back to 127.0.0.1, so the app is called localhost.
 * @param {import('node:test').TestContext} t @param {(callback: string) => object} [options] of the stand-in
 * @param {{ host?: string, supabase?: object }} [how] `supabase` is more of createAuth's option
 */
export const startBoth = async (t, options = () => ({}), { host = 'localhost', supabase } = {}) => {
  let project
  const app = await startBehindProxy(t, {
    host,
    options: (origin) => ({
      origin,
      providers: {},
      get supabase() {
        return { url: project.url, key: project.key, providers: { bitbucket: {} }, ...supabase }
      },
    }),
    before: async (origin) => {
      project = await startProject(t, options(`${origin}/auth/callback`))
    },
  })
  const args = [app.origin, '--supabase-url', project.url, '--key', project.key]
  return { app, project, args, callback: `${app.origin}/auth/callback` }
}
