// Processes of an app behind nginx with docs/nginx.conf, one after another for each request.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { runNginx } from '../runtimes/support/nginx.mjs'

const APP = new URL('member-app.mjs', import.meta.url)
const CONFIG = readFileSync(new URL('../../docs/nginx.conf', import.meta.url), 'utf8')
/** The folder of this version of the package. */
export const HERE = new URL('../../', import.meta.url).href

/** @param {string} folder of the package @param {number} port 0: any free one */
const startProcess = async (folder, port) => {
  const child = fork(APP, [folder, String(port)], { execArgv: ['--expose-gc'] })
  const [bound] = await once(child, 'message')
  return { child, port: bound.port, name: `127.0.0.1:${bound.port}` }
}

const kill = async ({ child }) => {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  const [, signal] = await ended
  assert.equal(signal, 'SIGKILL')
}

/**
 * What nginx does by itself where a process dies: a GET goes to the next one, also a callback, whose code may be redeemed already; a POST
 * is answered with 502. The one that died is asked again with the next request, so that whoever takes its place has work at once.
 */
const configure = (processes) => (port) =>
  `
  upstream app {
${processes.map(({ name }) => `    server ${name} max_fails=0;`).join('\n')}
    keepalive 64;
  }
  server {
    listen 127.0.0.1:${port};
    add_header X-Process $upstream_addr always;
${CONFIG}
  }`

/** @param {string[]} folders the package of each process */
export const startFleet = async (folders) => {
  const processes = await Promise.all(folders.map((folder) => startProcess(folder, 0)))
  const killAll = () => {
    for (const { child } of processes) child.kill('SIGKILL')
  }
  const nginx = await runNginx(configure(processes)).catch((error) => {
    killAll()
    throw error
  })
  let options
  return {
    origin: `http://127.0.0.1:${nginx.port}`,
    /** The address of each process, as answers have it in X-Process. */
    names: processes.map(({ name }) => name),
    /** @param {object} given options of createAuth */
    open(given) {
      options = given
      for (const { child } of processes) child.send({ options })
    },
    /** kill -9. @param {number} index @param {() => void} whenDead @returns {Promise<void>} when another process has its place */
    async replace(index, whenDead) {
      await kill(processes[index])
      whenDead()
      processes[index] = await startProcess(HERE, processes[index].port)
      processes[index].child.send({ options })
    },
    /** Bytes on the heap of each process. @returns {Promise<number[]>} */
    countHeaps: () =>
      Promise.all(
        processes.map(async ({ child }) => {
          child.send({})
          const [{ heap }] = await once(child, 'message')
          return heap
        }),
      ),
    async close() {
      killAll()
      await nginx.stop()
    },
  }
}
