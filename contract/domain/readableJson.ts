/**
 * JSON with a line for each value; of what is nested deeply all in one, because each level indents what is in it, and a short text
 * would become one of many megabytes.
 */
export function readableJson(value: unknown): string {
  return JSON.stringify(value, null, isDeep(value) ? undefined : 2) ?? ''
}

/** The same of a text; what is no JSON, or is nested deeply, stays as it is. */
export function readableJsonText(text: string): string {
  try {
    const value: unknown = JSON.parse(text)
    return isDeep(value) ? text : readableJson(value)
  } catch {
    return text
  }
}

const deepest = 32

/** Level by level, as what is nested without end is deeper than the stack. */
function isDeep(value: unknown): boolean {
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

/**
 * JSON that can be shown anywhere: what would drive a terminal or turn the direction of reading is written as
 * `\u202e`, which JSON takes for the same.
 */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
