// Medians, order, and figures as text.

/** @param {number[]} numbers @param {number} share */
export const quantile = (numbers, share) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(share * (numbers.length - 1))]

/** @param {number[]} numbers */
export const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** @template T @param {T[]} list */
export const shuffle = (list) => {
  const out = [...list]
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    ;[out[i], out[j]] = [out[j], out[i]]
  }
  return out
}

/** Three digits that count, without an exponent. @param {number} number */
export const digits = (number) =>
  Math.abs(number) >= 1000 ? String(Math.round(number)) : String(Number(number.toPrecision(3)))

/** @param {number} number */
export const grouped = (number) => Math.round(number).toLocaleString('en')

/** A Markdown table: the first column is text, the others are figures. @param {string[]} head @param {string[][]} rows */
export const table = (head, rows) =>
  [head, head.map((_, i) => (i ? '---:' : '---')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
