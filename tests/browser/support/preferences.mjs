// Runs in a page: whether it does what a person asked of the browser, less motion or colours of their own. Each function stands alone,
// because an engine takes it as source.

/** What moves, or would. @returns {string[]} */
export const listMoving = () => {
  const moving = document.getAnimations().map((one) => `an animation: ${one.effect?.target?.outerHTML}`)
  for (const one of [document.documentElement, ...document.querySelectorAll('body, body *')])
    for (const part of [undefined, '::before', '::after']) {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(one, part)
      if (!/^(0s(, )?)+$/.test(transitionDuration) || animationName !== 'none' || scrollBehavior === 'smooth')
        moving.push(`${one.tagName}.${one.className}${part ?? ''}`)
    }
  return moving
}

/**
 * What is not to be seen where the colours are those of the person.
 * @returns {{ controls: number, marks: number, faults: string[] }}
 */
export const listUnseen = () => {
  const faults = []
  const name = (one) => one.outerHTML.slice(0, 120)
  const systemColor = (color) => {
    const probe = document.createElement('i')
    probe.style.color = color
    document.body.append(probe)
    const made = getComputedStyle(probe).color
    probe.remove()
    return made
  }
  const COLORS = [
    'CanvasText',
    'LinkText',
    'VisitedText',
    'ActiveText',
    'ButtonText',
    'FieldText',
    'GrayText',
  ]
  const known = COLORS.map(systemColor)
  const canvas = systemColor('Canvas')
  const grounds = [canvas, systemColor('ButtonFace'), systemColor('Field')]
  const hasLine = (style, width, color) =>
    style !== 'none' && Number.parseFloat(width) > 0 && color !== canvas
  const hasBorder = (one, part) => {
    const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(one, part)
    return hasLine(borderTopStyle, borderTopWidth, borderTopColor)
  }
  if (!matchMedia('(forced-colors: active)').matches) faults.push('no forced colours')
  const isShown = (one) => one.checkVisibility() && !one.closest('.sr, .unseen')
  const all = [...document.querySelectorAll('body, body *')].filter((one) => isShown(one))
  for (const one of all) {
    const { color, backgroundColor, forcedColorAdjust } = getComputedStyle(one)
    if (forcedColorAdjust === 'none') faults.push(`colours of its own: ${name(one)}`)
    if (one.closest('option')) continue
    if (!known.includes(color)) faults.push(`${color} is none of the person's: ${name(one)}`)
    // What is switched off may be grey.
    if (!one.disabled && !grounds.includes(backgroundColor) && !/, 0\)$/.test(backgroundColor))
      faults.push(`on ${backgroundColor}: ${name(one)}`)
  }
  const controls = all.filter((one) => one.matches('a[href], button, input, select, textarea, summary'))
  for (const one of controls) {
    const isLink = getComputedStyle(one).textDecorationLine.includes('underline')
    // A step of the sequence is a row of a list with arrows, a summary has a triangle, and the name of the demo an icon.
    const hasSign = one.closest('#sequence') !== null || one.matches('summary, .home')
    if (!isLink && !hasBorder(one) && !hasSign) faults.push(`no edge: ${name(one)}`)
    if (one.disabled || one.matches('.skip')) continue
    one.focus()
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one)
    if (document.activeElement !== one || !hasLine(outlineStyle, outlineWidth, outlineColor))
      faults.push(`no focus: ${name(one)}`)
  }
  // Marks of a state: what a sign-in came to, which step it is, where an arrow leads, how long something takes.
  const marks = all.filter((one) =>
    one.matches('.arrow, .track i, .outcome, .journal li, [aria-current], tr:target'),
  )
  for (const one of marks) {
    const isDot = one.matches('.journal li')
    if (one.matches('tr:target')) {
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one)
      if (!hasLine(outlineStyle, outlineWidth, outlineColor)) faults.push(`no mark: ${name(one)}`)
    } else if (!hasBorder(one, isDot ? '::before' : undefined)) faults.push(`no mark: ${name(one)}`)
    if (one.matches('.arrow')) {
      const { borderTopWidth, borderRightWidth, borderBottomWidth, borderLeftWidth } = getComputedStyle(
        one,
        '::after',
      )
      const isHead = borderTopWidth !== '0px' && borderRightWidth !== '0px'
      if (!isHead || borderBottomWidth !== '0px' || borderLeftWidth !== '0px')
        faults.push(`no arrow: ${name(one)}`)
    }
  }
  for (const one of document.querySelectorAll('#sequence button:not([aria-current])'))
    if (hasBorder(one)) faults.push(`looks chosen: ${name(one)}`)
  return { controls: controls.length, marks: marks.length, faults }
}
