// A person who signs in at an app with sessions, looks several times who it takes them for, writes a note now and then, and signs out.
import assert from 'node:assert/strict'
import { Person } from '../load/person.mjs'

const LOOKS = 3
/** Every so many sign-ins. */
const NOTE = 3
const SIGN_OUT = 2

export class Member extends Person {
  /** Which process answered last, and to what. */
  #before = ''

  /** Signs in, and is taken for themself everywhere. @param {number} number of the sign-in @returns {Promise<string>} the session's sid */
  async visit(number) {
    const next = `/pages/${number}?of=${this.name}`
    const { at } = await this.signIn(next)
    assert.equal(at, `${next}#`)
    const { session } = await this.#look(next)
    for (let i = 1; i < LOOKS; i++) assert.deepEqual((await this.#look(next)).session, session)
    if (number % NOTE === 0) await this.#write(next, number)
    if (number % SIGN_OUT === 0) await this.#signOut()
    return session.sid
  }

  /** Who the app takes this person for. */
  async #look(next) {
    const seen = await this.#ask('/me')
    assert.deepEqual([seen.user?.sub, seen.session?.user.sub], [this.name, this.name])
    const { data } = seen.session
    assert.deepEqual([data.next, data.access_token], [next, seen.accessToken])
    return seen
  }

  async #write(next, number) {
    const address = `${this.origin}/note?${number}`
    await this.persist(() => this.jar.fetch(address, { method: 'POST', from: this.origin }))
    const { session } = await this.#look(next)
    assert.equal(session.data.note, address)
  }

  /** Out of the app, on to the provider, and back. */
  async #signOut() {
    const address = `${this.origin}/auth/sign-out?next=/bye`
    const out = await this.persist(() =>
      this.jar.fetch(address, { method: 'POST', from: this.origin, redirect: 'manual' }),
    )
    const page = await this.jar.fetch(out.headers.get('location'))
    const html = await page.text()
    const back = await this.jar.submit(html, { fields: { logout: 'yes' }, redirect: 'manual' })
    const { pathname, search } = new URL(back.headers.get('location'))
    assert.equal(pathname, '/auth/sign-out')
    const end = await this.persist(() =>
      this.jar.fetch(this.origin + pathname + search, { redirect: 'manual' }),
    )
    assert.equal(end.headers.get('location'), '/bye#')
    assert.deepEqual(await this.#ask('/me'), { user: null, session: null, accessToken: null })
  }

  async #ask(path) {
    const response = await this.persist(() => this.jar.fetch(this.origin + path))
    assert.equal(response.status, 200)
    return response.json()
  }

  /** Notes which process took up what another one had begun, and where nginx asked a second one. */
  async persist(ask) {
    const response = await super.persist(ask)
    const asked = response.headers.get('x-process')?.split(', ') ?? []
    if (asked.length === 0) return response
    const answered = `${new URL(response.url).pathname} ${asked.at(-1)}`
    this.counts.crossings.add(`${this.#before} ${answered}`)
    this.counts.retries += asked.length - 1
    this.#before = answered
    return response
  }
}
