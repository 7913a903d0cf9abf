// A server that is another program: started in a process group of its own, and ended with everything that it started.
import { spawn } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'

const START_MILLISECONDS = 30_000
const POLL_MILLISECONDS = 50

/** How to end each program that runs. */
const running = new Set()
process.once('exit', () => {
  for (const end of running) end()
})
// A test that takes too long is ended by a signal, which would leave them behind.
process.once('SIGTERM', () => process.exit(1))

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, fds?: 'pipe'[],
 *   ready: RegExp | (() => Promise<boolean>) }} options `fds` are further pipes that it writes to; `ready` is looked for in
 *   all that it prints, or asked again and again
 * @returns {Promise<{ match: RegExpExecArray | null, pid: number, stdout: import('node:stream').Readable, stop(): Promise<void> }>} `stdout`
 *   gives what it prints from then on
 */
export async function startChild(command, args, { cwd, env = {}, ready, fds = [] }) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...fds],
    detached: true,
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const end = () => {
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {} // it has ended by itself
  }
  running.add(end)
  const stop = async () => {
    running.delete(end)
    end()
    await ended
  }

  let output = ''
  let isOver = false
  for (const stream of child.stdio.slice(1)) stream.on('data', (chunk) => (output += chunk))
  child.once('error', (error) => (output += error.message))
  ended.then(() => (isOver = true))
  const deadline = Date.now() + START_MILLISECONDS
  while (!isOver && Date.now() < deadline) {
    const match = ready instanceof RegExp ? ready.exec(output) : null
    if (match || (typeof ready === 'function' && (await ready())))
      return { match, pid: child.pid, stdout: child.stdout, stop }
    await setTimeout(POLL_MILLISECONDS)
  }
  await stop()
  throw new Error(`${command} did not start: ${output}`)
}
