// One check of the doctor in this process, without the program around it, and a server that answers by path.
import { Findings } from '../../../dist/doctor/findings.js'
import { serve } from './node-servers.mjs'

/** What a check finds. @param {(findings: Findings) => unknown} check */
export const look = async (check) => {
  const findings = new Findings()
  await check(findings)
  return findings.list
}

/** The results by id, to compare at once. @param {{ id: string, result: string }[]} list */
export const resultsOf = (list) => Object.fromEntries(list.map(({ id, result }) => [id, result]))

/**
 * A server with a list of what it was asked.
 * @param {import('node:test').TestContext} t
 * @param {(path: string, query: URLSearchParams, count: number) => { status?: number, headers?: object, body?: string } | undefined} answer
 *   undefined to hang up; `count` is the number of the request
 */
export const startServer = async (t, answer) => {
  const asked = []
  const { origin } = await serve(t, ({ url }, outgoing) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost')
    const found = answer(pathname, searchParams, asked.push(pathname))
    if (!found) return outgoing.destroy()
    const { status = 200, headers = {}, body = '' } = found
    return outgoing.writeHead(status, headers).end(body)
  })
  return { origin, asked }
}
