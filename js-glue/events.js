import { ERRORS } from './generated/errors.js'
import { RESPOND } from './generated/messages.js'
import { sentenceOf } from './settings.js'
import { field } from './step.js'

/** @typedef {import('./types.js').AuthEvent} AuthEvent */

/** An event with its row of the error table, its empty members left out. @param {Record<string, unknown>} event @returns {AuthEvent} */
const toEvent = ({ type, code, ...more }) => {
  const all = { code, ...(code ? ERRORS[/** @type {string} */ (code)] : undefined), ...more }
  const present = Object.fromEntries(
    Object.entries(all).filter(([name, value]) => value !== '' && value !== undefined && name !== 'status'),
  )
  return /** @type {AuthEvent} */ ({ type, ok: code === '' || type === 'warning', ...present })
}

/**
 * Tells the app of outcomes. An observer has no say in a sign-in, whether it throws now or later.
 * @param {import('./types.js').Options['onEvent']} onEvent
 * @returns {(type: AuthEvent['type'], step: string[], cause?: unknown) => void}
 */
export const makeReporter = (onEvent) => {
  const tell = (/** @type {AuthEvent} */ event) => {
    try {
      Promise.resolve(onEvent?.(event)).catch(() => {})
    } catch {}
  }
  return (type, step, cause) => {
    if (!onEvent) return
    const provider = field(step, RESPOND.provider)
    const code = field(step, RESPOND.code)
    const parameter = field(step, RESPOND.parameter)
    tell(
      toEvent({
        type,
        code,
        message: sentenceOf(code, parameter),
        provider,
        parameter,
        detail: field(step, RESPOND.detail),
        description: field(step, RESPOND.description),
        cause,
      }),
    )
    for (const line of field(step, RESPOND.warnings).split('\n')) {
      const [code = '', ...detail] = line.split(' ')
      if (code) tell(toEvent({ type: 'warning', code, provider, detail: detail.join(' ') }))
    }
  }
}
