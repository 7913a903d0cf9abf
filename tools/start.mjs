// `npm start`: sets up, builds what is out of date, and serves the demo until Ctrl+C.
import { build } from './build.mjs'
import { program, run } from './run.mjs'
import { setup } from './setup.mjs'

await program(import.meta.url, async () => {
  await setup('build')
  await build()
  await run(process.execPath, ['web-demo/server.mjs', ...process.argv.slice(2)])
})
