// As much of a browser as a sign-in needs: a cookie jar, redirects one by one, forms, and what a
// navigation says about itself (Origin, Sec-Fetch-*). Node's own fetch would say `Sec-Fetch-Mode: cors`.
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { CookieStore } from './cookie-store.mjs'
import { findForm } from './html-form.mjs'

const MAX_HOPS = 20
const REDIRECTS = new Set([301, 302, 303, 307, 308])

/**
 * @typedef {object} Hop one request and its answer
 * @property {string} method
 * @property {string} url with the fragment that the browser would keep
 * @property {Headers} requestHeaders
 * @property {string} requestBody
 * @property {number} status
 * @property {Headers} headers
 * @property {string | null} location
 * @property {string[]} setCookie
 */

export class BrowserJar {
  /**
   * @param {object} [options]
   * @param {Record<string, (request: Request) => Response | Promise<Response>>} [options.sites]
   *   origins answered in this process, such as `{ 'https://app.example': auth.handle }`
   * @param {HeadersInit} [options.headers] sent with every request
   */
  constructor({ sites = {}, headers = {} } = {}) {
    this.sites = sites
    this.headers = headers
    this.cookies = new CookieStore()
    /** @type {Hop[]} every request so far, oldest first */
    this.hops = []
    /** The address bar, with its fragment. */
    this.url = 'about:blank'
  }

  /**
   * Navigates, as typing an address does, or as following a link does when `from` is given.
   *
   * @param {string | URL} url
   * @param {{ method?: string, headers?: HeadersInit, body?: string | URLSearchParams,
   *   redirect?: 'follow' | 'manual', from?: string }} [init] `manual` stops at the first redirect
   * @returns {Promise<Response & { hops: Hop[] }>} `url` is the last address, with its fragment
   */
  async fetch(url, init = {}) {
    const first = this.hops.length
    let next = { url: new URL(url), method: init.method ?? 'GET', body: init.body?.toString() ?? '' }
    let site = init.from ? siteBetween(init.from, next.url) : 'none'
    for (let count = 0; count < MAX_HOPS; count++) {
      const { hop, bytes } = await this.#go(next, site, init)
      const follow = hop.location !== null && REDIRECTS.has(hop.status) && init.redirect !== 'manual'
      if (!follow) {
        this.url = next.url.href
        return toResponse(hop, bytes, this.hops.slice(first))
      }
      const target = new URL(hop.location, next.url)
      if (!target.hash && !hop.location.includes('#')) target.hash = next.url.hash
      site = widest(site, siteBetween(next.url, target))
      const keepsBody = hop.status > 303 || (hop.status < 303 && next.method !== 'POST')
      next = keepsBody ? { ...next, url: target } : { url: target, method: 'GET', body: '' }
    }
    throw new Error(`More than ${MAX_HOPS} redirects, the last one to ${next.url.origin}${next.url.pathname}`)
  }

  /** Follows a link of the page in the address bar. */
  click(href, init = {}) {
    return this.fetch(new URL(href, this.url), { ...init, from: this.url })
  }

  /**
   * Submits a form of the page in the address bar: its own fields, then yours over them.
   *
   * @param {string} html the page
   * @param {{ fields?: Record<string, string>, action?: string, redirect?: 'follow' | 'manual' }} [options]
   *   `action` picks the form whose action contains this; without it, the first form
   */
  async submit(html, { fields = {}, action, ...init } = {}) {
    const form = findForm(html, action)
    const url = new URL(form.action || this.url, this.url)
    const body = new URLSearchParams({ ...form.fields, ...fields })
    if (form.method === 'GET') {
      url.search = body.toString()
      return this.fetch(url, { ...init, from: this.url })
    }
    const encoded = form.enctype === 'multipart/form-data' ? await toMultipart(body) : { body }
    return this.fetch(url, { ...init, ...encoded, method: 'POST', from: this.url })
  }

  async #go({ url, method, body }, site, init) {
    const headers = new Headers({
      accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
      'user-agent': 'BrowserJar',
      'sec-fetch-site': site,
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      'sec-fetch-user': '?1',
    })
    if (method === 'POST') {
      headers.set('content-type', 'application/x-www-form-urlencoded')
      headers.set('origin', init.from ? new URL(init.from).origin : 'null')
    }
    for (const more of [this.headers, init.headers ?? {}]) {
      for (const [name, value] of new Headers(more)) headers.set(name, value)
    }
    const cookie = this.cookies.headerFor(url)
    if (cookie) headers.set('cookie', cookie)

    const handler = this.sites[url.origin]
    const answer = handler
      ? await askHandler(handler, url, method, headers, body)
      : await askServer(url, method, headers, body)
    const setCookie = answer.headers.getSetCookie()
    for (const line of setCookie) this.cookies.store(line, url)
    const hop = {
      method,
      url: url.href,
      requestHeaders: headers,
      requestBody: body,
      status: answer.status,
      headers: answer.headers,
      location: answer.headers.get('location'),
      setCookie,
    }
    this.hops.push(hop)
    return { hop, bytes: answer.bytes }
  }
}

/** Fields as a form with `enctype="multipart/form-data"` sends them. */
async function toMultipart(fields) {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  const encoded = new Response(form)
  return {
    headers: { 'content-type': encoded.headers.get('content-type') },
    body: await encoded.text(),
  }
}

async function askHandler(handler, url, method, headers, body) {
  const address = new URL(url)
  address.hash = ''
  const request = new Request(address, { method, headers, body: body || undefined, redirect: 'manual' })
  const response = (await handler(request)) ?? new Response('Not found', { status: 404 })
  const bytes = Buffer.from(await response.arrayBuffer())
  return { status: response.status, headers: response.headers, bytes }
}

function askServer(url, method, headers, body) {
  const open = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const options = { method, headers: Object.fromEntries(headers), agent: false }
    const outgoing = open(url, options, async (incoming) => {
      try {
        const chunks = []
        for await (const chunk of incoming) chunks.push(chunk)
        const received = new Headers()
        const raw = incoming.rawHeaders
        for (let at = 0; at < raw.length; at += 2) received.append(raw[at], raw[at + 1])
        resolve({ status: incoming.statusCode, headers: received, bytes: Buffer.concat(chunks) })
      } catch (error) {
        reject(error)
      }
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

function toResponse(hop, bytes, hops) {
  const bodyless = hop.status === 204 || hop.status === 304
  const response = new Response(bodyless ? null : bytes, { status: hop.status, headers: hop.headers })
  return Object.defineProperties(response, { url: { value: hop.url }, hops: { value: hops } })
}

const SITES = ['none', 'same-origin', 'same-site', 'cross-site']

/** Sites are told apart by scheme and host alone: good enough for the hosts of tests. */
function siteBetween(from, to) {
  const [a, b] = [new URL(from), new URL(to)]
  if (a.origin === b.origin) return 'same-origin'
  return a.protocol === b.protocol && a.hostname === b.hostname ? 'same-site' : 'cross-site'
}

/** A chain of redirects is as foreign as its most foreign step; what the person typed stays theirs. */
function widest(before, step) {
  if (before === 'none') return 'none'
  return SITES[Math.max(SITES.indexOf(before), SITES.indexOf(step))]
}
