// `npm start`: the demo on the command line. PORT chooses the app's port.
import { createDemo } from './demo.mjs'

const DEFAULT_PORT = 3000

function explain(error) {
  const missing = error.code === 'ERR_MODULE_NOT_FOUND' && /dist\/|oidc-provider/.test(error.message)
  if (!missing) return error
  return error.message.includes('dist')
    ? 'Landfall is not built yet: run `npm run build` first.'
    : 'The embedded provider is not installed yet: run `npm ci` first.'
}

try {
  const demo = await createDemo({ port: Number(process.env.PORT ?? DEFAULT_PORT) })
  console.log(
    `\n  Landfall demo is running. Open\n\n    ${demo.url}\n\n  and sign in with any name. Ctrl+C ends it.\n`,
  )
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
