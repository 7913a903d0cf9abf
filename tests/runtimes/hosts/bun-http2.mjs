// The app behind Bun's server, over HTTP/2 and TLS.
import app from './app.mjs'

const tls = { key: Bun.file('key.pem'), cert: Bun.file('certificate.pem') }
const fetch = (request) => app.fetch(request)
const { port } = Bun.serve({ port: 0, hostname: '127.0.0.1', http2: true, tls, fetch })
console.log(`https://127.0.0.1:${port}/`)
