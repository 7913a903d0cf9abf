// `npm run example -- express`: sets up, builds, and starts an example until Ctrl+C. With SUPABASE_URL and SUPABASE_ANON_KEY it signs
// in through that project, without them through stand-ins on this machine; PORT chooses the port.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { program, root, Stop, say } from './run.mjs'
import { installModules, setup } from './setup.mjs'

const DEFAULT_PORT = 3000

/** @param {string} name @param {object} options of startExample */
const start = async (name, options) => {
  const { startExample } = await import('../tests/runtimes/support/example.mjs')
  const { readProject, startSupabase } = await import('../web-demo/supabase.mjs')
  const port = Number(process.env.PORT ?? DEFAULT_PORT)
  const supabase = await startSupabase(`http://127.0.0.1:${port}`, readProject(process.env))
  const folder = join(root, 'build/examples', name)
  rmSync(folder, { recursive: true, force: true })
  say(`example: install and build ${name} in build/examples/${name}`)
  const app = await startExample(name, { ...options, supabase, folder, port })
  say(`example: open ${app.origin}${options.home ?? '/'} (Ctrl+C ends it)`)
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, async () => {
      await Promise.all([app.stop(), supabase.close()])
      process.exit(0)
    })
}

await program(import.meta.url, async () => {
  const { EXAMPLES } = await import('../tests/runtimes/support/examples.mjs')
  const [name] = process.argv.slice(2)
  if (!Object.hasOwn(EXAMPLES, name ?? ''))
    throw new Stop(`example: choose one of ${Object.keys(EXAMPLES).join(', ')}`)
  await setup('build')
  await build()
  await installModules('tests/runtimes')
  await start(name, EXAMPLES[name])
})
