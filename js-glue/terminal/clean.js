/** Text of others on its way to a terminal, a log or a JSON file. */

/** The characters that are shown of one text, at most. */
const MAX_TEXT = 500
/** How much of that is its end, where the doctor's own words stand. */
const MAX_END = 150
/** How much of each end of a text is looked at: it may be a whole response body. */
const LOOKED_AT = 2000

/**
 * Characters that a terminal obeys and a person does not see: control characters, line ends, bidirectional controls,
 * zero widths, lone surrogates, blank letters, variation selectors. The classes are Unicode's, so they also cover
 * characters that Unicode adds later.
 */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/**
 * Keys that nobody may read in a log, as a mistake in the command or a server's echo may carry them: Supabase's secret
 * keys, its personal access tokens, JSON Web Tokens.
 */
const SECRET = /\b(sb_secret_|sbp_|eyJ)[\w-]{8,}(?:\.[\w-]*){0,2}/g

/** @param {string} one */
const toEscape = (one) => `\\u{${/** @type {number} */ (one.codePointAt(0)).toString(16)}}`

/**
 * A text in one line that is safe to show: it has only visible characters, no whole key, and a long text loses its
 * middle.
 * @param {string} text
 */
export const clean = (text) => {
  const told = text.replace(SECRET, '$1…')
  const ends = told.slice(0, LOOKED_AT) + told.slice(LOOKED_AT).slice(-LOOKED_AT)
  const shown = Array.from(ends.replace(UNSEEN, toEscape))
  if (shown.length <= MAX_TEXT) return shown.join('')
  const gap = ' … '
  return shown.slice(0, MAX_TEXT - MAX_END - gap.length).join('') + gap + shown.slice(-MAX_END).join('')
}
