import { isNestedDeeperThan } from './nesting.ts'

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

function isDeep(value: unknown): boolean {
  return isNestedDeeperThan(value, 32)
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
