import type { Locator, Page } from '@playwright/test'

/** A finger hits what is this wide and high without looking. */
const fingerPx = 40

/**
 * The controls that a finger which aims at their middle may miss: what lies a finger's half beside it is something else, or nothing.
 * Words of a text that lead elsewhere are as high as its lines.
 */
export async function findSmallTargets(scope: Page | Locator): Promise<string[]> {
  const controls = scope.locator(
    'button, a[href], input, textarea, select, summary, [role=button], [role=menuitem], [role=menuitemradio], [role=checkbox], [role=radio], [role=tab], [role=option], [role=switch], [role=slider]',
  )
  const found = await controls.evaluateAll((all, finger) => {
    const reach = finger / 2 - 1
    return all.flatMap((element) => {
      const control = element as HTMLElement
      if (!control.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return []
      if (getComputedStyle(control).display === 'inline' || control.matches(':disabled')) return []
      control.scrollIntoView({ block: 'center', inline: 'center' })
      const label = (control as HTMLInputElement).labels?.[0]
      // A box is as large as the label that it stands in.
      const { left, top, width, height } = (label?.contains(control) ? label : control).getBoundingClientRect()
      if (width <= 1 || height <= 1) return []
      const [x, y] = [left + width / 2, top + height / 2]
      const isHit = (dx: number, dy: number) => {
        const hit = document.elementFromPoint(x + dx, y + dy)
        return hit !== null && (control.contains(hit) || hit.closest('label')?.control === control)
      }
      // Covered by what floats above it.
      if (!isHit(0, 0)) return []
      const isWide = isHit(-reach, 0) && isHit(reach, 0)
      const isHigh = isHit(0, -reach) && isHit(0, reach)
      if (isWide && isHigh) return []
      const name = control.getAttribute('aria-label') ?? control.textContent?.trim().slice(0, 40)
      return `${Math.round(width)} × ${Math.round(height)}: ${control.tagName.toLowerCase()} “${name}” .${String(control.className)}`
    })
  }, fingerPx)
  return [...new Set(found)]
}
