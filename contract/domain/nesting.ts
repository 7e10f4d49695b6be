/** No honest message comes near it, and far beyond it whatever walks a value recursively fails. */
const deepestHonestLevel = 500

/** Whether what `JSON.parse` gave is nested beyond reason. */
export function isNestedTooDeep(value: unknown): boolean {
  return isNestedDeeperThan(value, deepestHonestLevel)
}

/** Level by level, as what is nested without end is deeper than the stack. */
export function isNestedDeeperThan(value: unknown, deepest: number): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true
    const next: unknown[] = []
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue
      for (const child of Object.values(one)) if (typeof child === 'object' && child !== null) next.push(child)
    }
    level = next
  }
  return false
}
