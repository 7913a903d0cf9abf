// Runs in a page: what of its text does not fit, lies over other text, or is moved by text from right to left. Each function stands alone,
// because an engine takes it as source.

/** What makes the page scroll sideways. @returns {string[]} */
export const listOutside = () => {
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= width) return []
  const found = [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > width + 1 || one.scrollWidth > width)
    .filter((one) => !one.closest('pre'))
    .map((one) => `${one.tagName}.${one.className}: ${one.textContent.slice(0, 40)}`)
  return [`${document.documentElement.scrollWidth} pixels`, ...found]
}

/**
 * Text that is cut off, or lies over other text.
 * @returns {{ texts: number, faults: string[] }}
 */
export const listCollisions = () => {
  const faults = []
  const texts = []
  const isForReaders = (one) => one.closest('.sr, .unseen, .skip') !== null
  /** What of a box its ancestors show. */
  const clip = (box, element) => {
    let { left, right, top, bottom } = box
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      const { overflowX, display } = getComputedStyle(one)
      if (overflowX === 'visible' || display === 'inline') continue
      const edge = one.getBoundingClientRect()
      left = Math.max(left, edge.left)
      right = Math.min(right, edge.right)
      top = Math.max(top, edge.top)
      bottom = Math.min(bottom, edge.bottom)
    }
    // The space above and below letters belongs to none of them.
    const slack = (bottom - top) / 5
    return { left: left + 1, right: right - 1, top: top + slack, bottom: bottom - slack }
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    const element = node.parentElement
    if (!node.data.trim() || !element.checkVisibility() || isForReaders(element)) continue
    if (element.closest('script, style, select, noscript')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const rect of range.getClientRects()) texts.push({ node, ...clip(rect, element) })
  }
  for (const [i, a] of texts.entries())
    for (const b of texts.slice(i + 1)) {
      const isOver = a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
      if (isOver && a.node !== b.node) faults.push(`over each other: ${a.node.data} | ${b.node.data}`)
    }
  for (const one of document.querySelectorAll('body *')) {
    const { overflowX, overflowY, textOverflow } = getComputedStyle(one)
    if (!one.checkVisibility() || isForReaders(one) || textOverflow === 'ellipsis') continue
    // What is typed moves with the caret.
    if (one.matches('input, textarea, select, select *')) continue
    const isHidden = (overflow) => overflow === 'hidden' || overflow === 'clip'
    if (isHidden(overflowX) && one.scrollWidth > one.clientWidth + 1) faults.push(`cut: ${one.textContent}`)
    if (isHidden(overflowY) && one.scrollHeight > one.clientHeight + 1)
      faults.push(`cut below: ${one.textContent}`)
  }
  return { texts: texts.length, faults }
}

/**
 * Texts of others that may move the page's own words, and own words that do not stand from left to right.
 * @param {string} others the words of others
 * @returns {{ strange: number, faults: string[] }}
 */
export const listReordered = (others) => {
  const STRANGE = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069]/
  const faults = []
  let strange = 0
  let last
  const isInline = (one) => /^(inline|contents)$/.test(getComputedStyle(one).display)
  /** Whether it is the only text of a box. Isolation is not enough: an isolate that the text leaves open takes what ends it. */
  const isApart = (node) => blockOf(node).textContent.trim() === node.data.trim()
  const blockOf = (node) => {
    let one = node.parentElement
    while (isInline(one)) one = one.parentElement
    return one
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    const element = node.parentElement
    // Code shows its text as it is.
    if (!node.data.trim() || !element.checkVisibility() || element.closest('script, style, pre, select'))
      continue
    if (STRANGE.test(node.data)) {
      strange += 1
      const own = (node.data.match(/[a-z]{2,}/gi) ?? []).filter((word) => !others.includes(word))
      if (own.length > 0) faults.push(`own words among those of others: ${node.data}`)
      if (!isApart(node)) faults.push(`not in a box of its own: ${element.outerHTML}`)
      continue
    }
    const range = document.createRange()
    for (let i = 0; i < node.data.length; i++) {
      range.setStart(node, i)
      range.setEnd(node, i + 1)
      const rect = range.getBoundingClientRect()
      if (rect.width === 0 || !node.data[i].trim()) continue
      const isSameLine = last && last.block === blockOf(node) && Math.abs(last.bottom - rect.bottom) < 3
      if (isSameLine && rect.left < last.left - 0.5) {
        faults.push(`not from left to right: ${node.data}`)
        break
      }
      last = { block: blockOf(node), left: rect.left, bottom: rect.bottom }
    }
  }
  return { strange, faults }
}
