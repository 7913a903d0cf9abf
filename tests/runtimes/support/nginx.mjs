// nginx with a configuration of its own, at one port of this machine.
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { startChild } from '../../../stand-ins/child.mjs'
import { findPort } from '../../../stand-ins/port.mjs'
import { findProgram } from '../../browser/support/program.mjs'
import { makeCertificate } from './certificate.mjs'

export const HOST = 'app.example'
const FOLDERS = [...process.env.PATH.split(delimiter), '/usr/sbin']
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']

/** @param {string} folder @param {string} http what stands in the `http` block */
const configure = (folder, http) => `
daemon off;
master_process off;
pid ${folder}/pid;
events { worker_connections 4096; }
http {
  access_log off;
${TEMPORARY.map((name) => `  ${name}_temp_path ${folder}/${name};`).join('\n')}
${http}
}
`

/**
 * nginx in a folder of its own.
 * @param {(port: number, folder: string) => string | Promise<string>} write what stands in the `http` block of a server at this port
 */
export async function runNginx(write) {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-nginx-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const port = await findPort()
    writeFileSync(join(folder, 'nginx.conf'), configure(folder, await write(port, folder)))
    const log = join(folder, 'error.log')
    const args = ['-p', folder, '-c', 'nginx.conf', '-e', log]
    const nginx = await startChild(findProgram(['nginx'], FOLDERS), args, { ready: () => listens(port) })
    return {
      port,
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

/**
 * One with TLS, in front of an app.
 * @param {string} inServer what stands in the `server` block, such as docs/nginx.conf; its upstream is `app`
 * @param {number} appPort
 */
export async function startNginx(inServer, appPort) {
  let ca
  const nginx = await runNginx(async (port, folder) => {
    await makeCertificate(folder, `DNS:${HOST}`)
    ca = readFileSync(join(folder, 'certificate.pem'))
    return `
  upstream app { server 127.0.0.1:${appPort}; }
  server {
    listen 127.0.0.1:${port} ssl;
    server_name ${HOST};
    ssl_certificate ${folder}/certificate.pem;
    ssl_certificate_key ${folder}/key.pem;
${inServer}
  }`
  })
  return {
    ...nginx,
    ca,
    /** @param {string} path @param {Record<string, string>} [headers] */
    ask: (path, headers = {}) => askOver({ port: nginx.port, ca }, path, headers),
  }
}

/** @param {number} port @returns {Promise<boolean>} */
const listens = async (port) => {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
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
