import type { Blame, ErrorCode } from './generated/errors.js'
import type * as ROUTE from './generated/messages/route.js'

/** The route that somebody asked for. An `error` is a visit of the error page that went wrong itself. */
export type EventType = Exclude<keyof typeof ROUTE, 'NAMES' | 'COUNT'>

/** A failure. Every text is safe to log: no text holds a secret. */
export type FailedEvent = {
  type: EventType
  ok: false
  /** A code of the error table. */
  code: ErrorCode
  /** Who has to act. */
  blame: Blame
  /** What happened, and what to do next. */
  message: string
  /** The section of the specification. */
  spec?: string
  provider?: string
  /** The name of the parameter or option at fault, never its value. */
  parameter?: string
  /** The provider's own error code, or the runtime's for a failed connection, such as `ENOTFOUND`; printable ASCII. */
  detail?: string
  /** The provider's `error_description`, in printable ASCII, cut. */
  description?: string
  /** The HTTP status of the response to the last request. */
  status?: number
  /** The address of that request, without its query. */
  url?: string
  /** The value that a hook of the app threw, or that `fetch` threw. */
  cause?: unknown
}

/** A warning: a problem that did not stop the sign-in. */
export type WarningEvent = {
  type: 'warning'
  ok: true
  /** A code of the error table. */
  code: ErrorCode
  /** Who has to act. */
  blame: Blame
  /** What happened, and what to do next. */
  message: string
  /** The section of the specification. */
  spec?: string
  provider?: string
  /** More about it, in printable ASCII. */
  detail?: string
} & Without<'parameter' | 'description' | 'status' | 'url' | 'cause'>

/** A success. */
export type SucceededEvent = {
  type: Exclude<EventType, 'error' | 'session'>
  ok: true
  provider?: string
} & Without<Exclude<keyof FailedEvent, 'type' | 'ok' | 'provider'>>

/** An outcome. `ok` and `type` tell which. */
export type AuthEvent = SucceededEvent | FailedEvent | WarningEvent

/** Members that other events have: a logger may read them of every event. */
type Without<Name extends string> = { [Member in Name]?: undefined }
