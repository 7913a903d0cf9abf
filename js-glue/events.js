import { RESPOND } from './generated/messages.js'
import { field } from './step.js'

/** @typedef {import('./generated/errors.js').Blame} Blame */
/** @typedef {import('./generated/errors.js').ErrorCode} ErrorCode */

/**
 * What somebody did: the route that was asked for. An `error` is a visit of the error page that went wrong itself.
 * @typedef {keyof typeof import('./generated/messages.js').ROUTE} EventType
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
 * @param {import('./types.js').Options['onEvent']} onEvent
 * @returns {(step: string[], cause?: unknown) => void} takes a RESPOND step; one in which nothing happened is no event
 */
export const makeReporter = (onEvent) => {
  const tell = (/** @type {AuthEvent} */ event) => {
    try {
      Promise.resolve(onEvent?.(event)).catch(() => {})
    } catch {}
  }
  return (step, cause) => {
    if (!onEvent || step[RESPOND.log] === '') return
    const provider = field(step, RESPOND.provider)
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
        cause,
      }),
    )
    for (const line of field(step, RESPOND.warnings).split('\n')) {
      const [code, blame, message, spec, detail] = line.split('\t')
      if (code) tell(toEvent({ type: 'warning', code, blame, message, spec, provider, detail }))
    }
  }
}
