// nginx with a configuration of its own: TLS at one port of this machine, an app behind it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { startChild } from '../../../stand-ins/child.mjs'
import { findPort } from '../../../stand-ins/port.mjs'
import { findProgram } from '../../browser/support/program.mjs'
import { makeCertificate } from './certificate.mjs'

export const HOST = 'app.example'
const FOLDERS = [...process.env.PATH.split(delimiter), '/usr/sbin']
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']

/** @param {string} folder @param {number} port @param {number} appPort @param {string} inServer */
const configure = (folder, port, appPort, inServer) => `
daemon off;
master_process off;
pid ${folder}/pid;
events {}
http {
  access_log off;
${TEMPORARY.map((name) => `  ${name}_temp_path ${folder}/${name};`).join('\n')}
  upstream app { server 127.0.0.1:${appPort}; }
  server {
    listen 127.0.0.1:${port} ssl;
    server_name ${HOST};
    ssl_certificate ${folder}/certificate.pem;
    ssl_certificate_key ${folder}/key.pem;
${inServer}
  }
}
`

/**
 * @param {string} inServer what stands in the `server` block, such as docs/nginx.conf; its upstream is `app`
 * @param {number} appPort
 */
export async function startNginx(inServer, appPort) {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-nginx-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    await makeCertificate(folder, `DNS:${HOST}`)
    const port = await findPort()
    writeFileSync(join(folder, 'nginx.conf'), configure(folder, port, appPort, inServer))
    const log = join(folder, 'error.log')
    const args = ['-p', folder, '-c', 'nginx.conf', '-e', log]
    // To a port with TLS, plain http is a bad request, which is an answer.
    const ready = () => fetch(`http://127.0.0.1:${port}/`).then(Boolean, () => false)
    const nginx = await startChild(findProgram(['nginx'], FOLDERS), args, { ready })
    const ca = readFileSync(join(folder, 'certificate.pem'))
    return {
      ca,
      /** @param {string} path @param {Record<string, string>} [headers] */
      ask: (path, headers = {}) => askOver({ port, ca }, path, headers),
      log: () => readFileSync(log, 'utf8'),
      async stop() {
        await nginx.stop()
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}

/** One request, as from a browser at https://app.example. */
const askOver = ({ port, ca }, path, headers) =>
  new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, ca, servername: HOST, agent: false }
    const outgoing = request({ ...options, headers: { host: HOST, ...headers } }, async (incoming) => {
      let body = ''
      for await (const chunk of incoming) body += chunk
      const { location = '', 'set-cookie': setCookie = [] } = incoming.headers
      resolve({ status: incoming.statusCode, location, setCookie, body })
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
