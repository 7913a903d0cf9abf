import { LandfallError } from './error.js'
import { FETCH, OPERATION, REQUEST, RESPOND, STEP, VERIFY } from './generated/messages.js'
import { now, readForm, readRequest } from './request.js'
import { codeOf } from './step.js'
import { verify } from './verify.js'

/** @typedef {import('./message.js').Field} Field */
/** @typedef {import('./transport.js').Answer} Answer */

/** A flow asks a handful of questions; one that asks more is broken. */
const MAX_STEPS = 16

/** Carries out what the core asks for until it has an answer for the browser. Nothing in here knows why. */
export class Flow {
  #core
  #transport
  #maxBodyBytes

  /** @param {import('./core.js').Core} core @param {import('./transport.js').Transport} transport @param {number} maxBodyBytes */
  constructor(core, transport, maxBodyBytes) {
    this.#core = core
    this.#transport = transport
    this.#maxBodyBytes = maxBodyBytes
  }

  /**
   * @param {number} operation @param {import('./request.js').RequestLike} request @param {Record<number, Field>} [extra] more fields of REQUEST
   * @returns {Promise<string[]>} a RESPOND step
   */
  async run(operation, request, extra) {
    const fields = readRequest(request)
    const takesForm = operation === OPERATION.callback || operation === OPERATION.confirm
    if (takesForm && request.method === 'POST')
      fields[REQUEST.body] = await readForm(request, this.#maxBodyBytes)
    Object.assign(fields, extra)
    let url = ''
    /** @type {Answer | undefined} */
    let answer
    for (let i = 0; i < MAX_STEPS; i++) {
      const step = this.#core.call(operation, fields)
      const kind = Number(step[0])
      const keep = step[kind === STEP.respond ? RESPOND.keep : kind === STEP.fetch ? FETCH.keep : VERIFY.keep]
      if (answer && keep === '1') this.#transport.keep(url, answer)
      if (kind === STEP.respond) return step
      // A token answer is never kept: only what may be answered from what is kept goes there.
      url = kind === STEP.fetch && step[FETCH.max_age] !== '0' ? /** @type {string} */ (step[FETCH.url]) : ''
      const next = kind === STEP.fetch ? await this.#transport.perform(step) : await verify(step)
      answer = url ? next : undefined
      fields[REQUEST.now] = now()
      fields[REQUEST.resume] = /** @type {string} */ (
        step[kind === STEP.fetch ? FETCH.resume : VERIFY.resume]
      )
      fields[REQUEST.failure] = next.failure
      fields[REQUEST.status] = next.status
      fields[REQUEST.content_type] = next.contentType
      fields[REQUEST.answer] = next.answer
    }
    throw new Error('landfall: the flow does not end')
  }

  /**
   * Loads and keeps the metadata of a provider. @param {string} provider
   * @throws {LandfallError} when it cannot be had or is not valid
   */
  async loadMetadata(provider) {
    const request = new Request(`https://landfall.invalid/?provider=${provider}`)
    const step = await this.run(OPERATION.load_metadata, request)
    const code = codeOf(step)
    if (code !== '') throw new LandfallError(code)
  }
}
