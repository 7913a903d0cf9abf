import * as RESPOND from './generated/messages/respond.js'
import { field } from './step.js'

/** @typedef {import('./event.js').AuthEvent} AuthEvent */

/**
 * An event without its empty members.
 * @param {Record<string, unknown>} event
 * @returns {AuthEvent}
 */
const toEvent = ({ type, ...more }) => {
  const present = Object.fromEntries(
    Object.entries(more).filter(([, value]) => value !== '' && value !== undefined),
  )
  return /** @type {AuthEvent} */ ({ type, ok: more.code === '' || type === 'warning', ...present })
}

/**
 * Tells the app of outcomes. An observer has no say in a sign-in, whether it throws now or later.
 * @param {import('./generated/options.js').Options['onEvent']} onEvent
 * @returns {(step: string[], cause?: unknown, asked?: import('./flow.js').Asked) => void} takes a RESPOND step; one in
 *   which nothing happened is no event
 */
export const makeReporter = (onEvent) => {
  const tell = (/** @type {AuthEvent} */ event) => {
    try {
      Promise.resolve(onEvent?.(event)).catch(() => {})
    } catch {}
  }
  return (step, cause, asked) => {
    if (!onEvent || step[RESPOND.log] === '') return
    const provider = field(step, RESPOND.provider)
    const isAbout = asked && (step[RESPOND.provider_status] || asked.cause !== undefined)
    tell(
      toEvent({
        type: field(step, RESPOND.route),
        code: field(step, RESPOND.code),
        blame: field(step, RESPOND.blame),
        message: field(step, RESPOND.message),
        spec: field(step, RESPOND.spec),
        provider,
        parameter: field(step, RESPOND.parameter),
        detail: field(step, RESPOND.detail),
        description: field(step, RESPOND.description),
        status: Number(step[RESPOND.provider_status]) || '',
        url: isAbout ? asked.url : '',
        cause: cause ?? (isAbout ? asked.cause : undefined),
      }),
    )
    for (const line of field(step, RESPOND.warnings).split('\n')) {
      const [code, blame, message, spec, detail] = line.split('\t')
      if (code) tell(toEvent({ type: 'warning', code, blame, message, spec, provider, detail }))
    }
  }
}
