/**
 * Runs in a page: the contrast of each piece of text with what is behind it (WCAG 2.2, 1.4.3), lowest first.
 *
 * @returns {{ text: string, ratio: number, isLarge: boolean }[]}
 */
export function measureContrast() {
  const parse = (color) => {
    const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number)
    return { rgb: [r, g, b], a }
  }
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((value) => {
      const part = value / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const backgroundOf = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const { rgb, a } = parse(getComputedStyle(one).backgroundColor)
      if (a === 1) return rgb
      if (a > 0) throw new Error(`a background that is half transparent: ${one.tagName}`)
    }
    return [255, 255, 255]
  }
  const measure = (element, text) => {
    const { color, fontSize, fontWeight } = getComputedStyle(element)
    const [one, other] = [luminance(parse(color).rgb), luminance(backgroundOf(element))].sort((a, b) => b - a)
    const size = Number.parseFloat(fontSize)
    const isLarge = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700)
    return { text, ratio: (one + 0.05) / (other + 0.05), isLarge }
  }
  const found = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim()
    const element = walker.currentNode.parentElement
    if (text && element.checkVisibility()) found.push(measure(element, text))
  }
  return found.sort((a, b) => a.ratio - b.ratio)
}
