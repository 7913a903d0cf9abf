// The app behind Deno's server, over HTTP/2 and TLS.
import app from './app.mjs'

const onListen = ({ port }) => console.log(`https://127.0.0.1:${port}/`)
const tls = { key: Deno.readTextFileSync('key.pem'), cert: Deno.readTextFileSync('certificate.pem') }
Deno.serve({ port: 0, hostname: '127.0.0.1', onListen, ...tls }, (request) => app.fetch(request))
