import { ERRORS } from './generated/errors.js'
import { RESPOND } from './generated/messages.js'
import { sentenceOf } from './settings.js'
import { field } from './step.js'

/** @typedef {import('./generated/errors.js').Blame} Blame */
/** @typedef {import('./generated/errors.js').ErrorCode} ErrorCode */

/**
 * What somebody did. An `error` is a visit of the error page that went wrong itself.
 * @typedef {'sign_in' | 'callback' | 'confirm' | 'sign_out' | 'error'} EventType
 */

/**
 * What went wrong. Its texts are safe to log: none is a secret.
 * @typedef {object} FailedEvent
 * @property {EventType} type
 * @property {false} ok
 * @property {ErrorCode} code of the error table
 * @property {Blame} blame who has to act
 * @property {string} message what happened and what to do next
 * @property {string} [spec] the section of the specification
 * @property {string} [provider]
 * @property {string} [parameter] the name of what was at fault, never its value
 * @property {string} [detail] the provider's own error code, printable ASCII
 * @property {string} [description] the provider's error_description, printable ASCII, cut
 * @property {unknown} [cause] what a hook of the app threw
 */

/**
 * What has not failed yet: a sign-in went on in spite of it.
 * @typedef {object} WarningEvent
 * @property {'warning'} type
 * @property {true} ok
 * @property {ErrorCode} code of the error table
 * @property {Blame} blame who has to act
 * @property {string} message what happened and what to do next
 * @property {string} [spec] the section of the specification
 * @property {string} [provider]
 * @property {string} [detail] printable ASCII
 * @property {undefined} [parameter]
 * @property {undefined} [description]
 * @property {undefined} [cause]
 */

/**
 * What went well: it has nothing of what tells of a failure.
 * @typedef {{ type: Exclude<EventType, 'error'>, ok: true, provider?: string } & {
 *   [Name in Exclude<keyof FailedEvent, 'type' | 'ok' | 'provider'>]?: undefined
 * }} SucceededEvent
 */

/**
 * An outcome: `ok` and `type` tell which.
 * @typedef {SucceededEvent | FailedEvent | WarningEvent} AuthEvent
 */

/**
 * An event with its row of the error table, its empty members left out.
 * @param {Record<string, unknown>} event
 * @returns {AuthEvent}
 */
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
