/**
 * Runs in the page: says what is cut off, so that no scrolling brings it into sight. Text that ends in an ellipsis is not cut off,
 * it says that it goes on.
 */
export function findCutOff(): string[] {
  const problems = new Set<string>()
  const slackPx = 1.5
  if (document.documentElement.scrollWidth > innerWidth) problems.add('the page scrolls sideways')
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    const isControl = element.matches(
      'button, a[href], input, textarea, select, [role=option], [role=tab], [role=switch]',
    )
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
    if ((!isControl && !hasText) || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      continue
    if (element.closest('[aria-hidden=true], svg')) continue
    const box = element.getBoundingClientRect()
    // What only screen readers are told.
    if (box.width <= 1 || box.height <= 1) continue
    const side = cutBy(element, box, isControl)
    if (side) problems.add(`${side}: ${describe(element)}`)
  }
  return [...problems]

  function cutBy(element: HTMLElement, box: DOMRect, isControl: boolean): string | null {
    let { left, right, top, bottom } = box
    for (let ancestor = element.parentElement; ancestor; ancestor = ancestor.parentElement) {
      const style = getComputedStyle(ancestor)
      const around = ancestor.getBoundingClientRect()
      if (around.width <= 1 || around.height <= 1) return null
      if (style.clipPath !== 'none') return null
      const sideways = style.overflowX
      if (sideways === 'auto' || sideways === 'scroll' || style.textOverflow === 'ellipsis') {
        left = Math.max(left, around.left)
        right = Math.min(right, around.right)
      } else if (sideways !== 'visible' && (left < around.left - slackPx || right > around.right + slackPx)) {
        return 'cut off sideways'
      }
      const upright = style.overflowY
      if (upright === 'auto' || upright === 'scroll') {
        top = Math.max(top, around.top)
        bottom = Math.min(bottom, around.bottom)
      } else if (
        isControl &&
        upright !== 'visible' &&
        (top < around.top - slackPx || bottom > around.bottom + slackPx)
      ) {
        return 'cut off above or below'
      }
      if (style.position === 'fixed') break
    }
    if (left < -slackPx || right > innerWidth + slackPx) return 'outside the window sideways'
    if (isControl && (top < -slackPx || bottom > innerHeight + slackPx)) return 'outside the window above or below'
    return null
  }

  function describe(element: HTMLElement): string {
    const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)
    return `${element.tagName.toLowerCase()} “${name}” .${String(element.className).replace(/\s+/g, '.')}`
  }
}

/** Runs in the page: whether what the main part of a large window shows sticks to one side of it, and leaves the other empty. */
export function findLopsided(): string[] {
  const main = document.querySelector('main')
  if (!main) return ['there is no main part']
  const problems: string[] = []
  // The heads stand over what they are about.
  for (const part of [main, ...main.querySelectorAll('header')]) {
    const around = part.getBoundingClientRect()
    let [left, right] = [around.right, around.left]
    for (const element of part.querySelectorAll<HTMLElement>('*')) {
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      )
      if ((!hasText && !element.matches('button, input, svg')) || !element.checkVisibility()) continue
      // The bar of keys stands at the edge, under all of it.
      if (element.closest('footer')) continue
      const box = element.getBoundingClientRect()
      if (box.width <= 1 || box.height <= 1) continue
      left = Math.min(left, box.left)
      right = Math.max(right, box.right)
    }
    const [before, after] = [left - around.left, around.right - right]
    const hasOneThing = part !== main && right - left < around.width / 4
    if (Math.abs(before - after) > around.width / 10 && !hasOneThing)
      problems.push(
        `${part.tagName.toLowerCase()}: ${Math.round(before)} px are empty before, ${Math.round(after)} px behind`,
      )
  }
  return problems
}

/** Runs in the page: the entries of the main navigation that cannot be seen. */
export function findHiddenEntries(): string[] {
  return [...document.querySelectorAll('nav :is(a, [data-bar] button)')].flatMap((entry) => {
    const { left, top, width, height } = entry.getBoundingClientRect()
    if (width === 0) return []
    const shown = [0.1, 0.9].map((part) => document.elementFromPoint(left + width / 2, top + height * part))
    return shown.every((element) => element !== null && entry.contains(element)) ? [] : [entry.textContent ?? '']
  })
}

/**
 * Runs in the page, after a key was pressed: the controls that look the same with the focus as without. Of what floats, only what is
 * on top. A text field has its caret.
 */
export function findInvisibleFocus(): string[] {
  const dialogs = document.querySelectorAll('[role=dialog][data-state=open]')
  const scope = dialogs.item(dialogs.length - 1) ?? document
  const looks = (element: Element | null) => {
    if (!element) return ''
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor } =
      getComputedStyle(element)
    const outline =
      outlineStyle === 'none' || outlineWidth === '0px' ? 'none' : outlineStyle + outlineWidth + outlineColor
    return [outline, boxShadow, borderColor, backgroundColor].join()
  }
  const looksAround = (element: HTMLElement) =>
    [element, element.firstElementChild, element.parentElement, element.parentElement?.parentElement ?? null]
      .map(looks)
      .join('|')
  const former = document.activeElement as HTMLElement | null
  const problems: string[] = []
  for (const element of scope.querySelectorAll<HTMLElement>(
    'a[href], button, input, textarea, select, summary, [tabindex]',
  )) {
    if (element.tabIndex < 0 || element.matches(':disabled') || !element.checkVisibility({ visibilityProperty: true }))
      continue
    if (element.matches('input:not([type=checkbox], [type=radio]), textarea')) continue
    former?.blur()
    ;(document.activeElement as HTMLElement | null)?.blur()
    const before = looksAround(element)
    element.focus({ preventScroll: true })
    // What hands the focus on at once is never seen with it.
    if (document.activeElement !== element) continue
    if (looksAround(element) === before) {
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)
      problems.push(`${element.tagName.toLowerCase()} “${name}” .${String(element.className).replace(/\s+/g, '.')}`)
    }
  }
  former?.focus({ preventScroll: true })
  return problems
}

/** Runs in the page: what moves by itself. */
export function findMotion(): string[] {
  return document
    .getAnimations()
    .filter((animation) => {
      const { duration = 0, iterations = 1 } = animation.effect?.getComputedTiming() ?? {}
      return animation.playState === 'running' && Number(duration) * (iterations ?? 1) > 1
    })
    .map((animation) => {
      const target = (animation.effect as KeyframeEffect | null)?.target
      return `${(animation as CSSAnimation).animationName ?? 'transition'} of ${target?.tagName} .${target?.className}`
    })
}
