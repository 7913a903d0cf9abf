// A React app in StrictMode, whose component calls `complete()` in an effect: React runs the effect twice. The real React, in its
// build for development.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { build } from 'esbuild'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'
import { useBrowser } from '../browser/support/browser.mjs'
import { startSite } from '../browser/support/site.mjs'
import { installPacked } from '../package/packed.mjs'
import { run } from './support/example.mjs'

const VERSIONS = ['react@19.3.1', 'react-dom@19.3.1', '@supabase/supabase-js@2.119.1']
const EMAIL = 'ada@example.test'

/** What a page shows: who is signed in, how often the effect ran, and each event. */
const source = ({ url, key }) => `
  import { createClient } from '@supabase/supabase-js'
  import { createBrowserAuth } from 'landfall/browser'
  import { createElement, StrictMode, useEffect, useState } from 'react'
  import { createRoot } from 'react-dom/client'

  const auth = createBrowserAuth({ supabase: { url: '${url}', key: '${key}', storage: 'localStorage' } })
  const supabase = createClient('${url}', '${key}', { auth: { flowType: 'pkce', detectSessionInUrl: false } })
  globalThis.effects = 0
  globalThis.events = []
  globalThis.outcomes = []
  globalThis.start = () => auth.signInWithOAuth({ provider: 'bitbucket', options: { next: '/notes' } })

  function App() {
    const [email, setEmail] = useState('nobody')
    useEffect(() => {
      globalThis.effects += 1
      const { data } = supabase.auth.onAuthStateChange((event, session) => {
        globalThis.events.push(event)
        setEmail(session?.user.email ?? 'nobody')
      })
      auth.complete().then(({ data, error }) => globalThis.outcomes.push([data.next, error?.code]))
      return () => data.subscription.unsubscribe()
    }, [])
    return createElement('p', null, email)
  }
  createRoot(document.querySelector('main')).render(createElement(StrictMode, null, createElement(App)))
`

const browser = useBrowser()
let packed
let supabase
let site
before(async () => {
  packed = await installPacked()
  await run('npm', ['install', ...VERSIONS, '--prefer-offline', '--no-audit', '--no-fund'], packed.folder)
  let script = ''
  site = await startSite(({ url }) =>
    url === '/app.js'
      ? { body: script, headers: { 'content-type': 'text/javascript' } }
      : {
          body: '<!doctype html><link rel="icon" href="data:,"><main></main><script src="/app.js"></script>',
        },
  )
  supabase = await startSupabaseAuth({ siteUrl: site.origin })
  const { outputFiles } = await build({
    stdin: { contents: source(supabase), resolveDir: packed.folder },
    define: { 'process.env.NODE_ENV': '"development"' },
    bundle: true,
    write: false,
  })
  script = outputFiles[0].text
})
after(async () => {
  await site?.close()
  await supabase?.close()
  packed?.remove()
})

test('both calls get the same result, the code is redeemed once, and SIGNED_IN fires once', async () => {
  const page = await browser.open()
  await page.goto(site.origin)
  await page.getByText('nobody').waitFor()
  await page.evaluate(() => globalThis.start())
  await page.getByText(EMAIL).waitFor()
  await page.waitForFunction(() => globalThis.events.includes('SIGNED_IN'))
  assert.deepEqual(await page.evaluate(() => [globalThis.effects, globalThis.outcomes]), [
    2,
    [
      ['/notes', undefined],
      ['/notes', undefined],
    ],
  ])
  const events = await page.evaluate(() => globalThis.events)
  assert.equal(events.filter((event) => event === 'SIGNED_IN').length, 1, `${events}`)
  assert.equal(supabase.stats.count('token', 200), 1)
  await page.reload()
  await page.getByText(EMAIL).waitFor()
})
