import { Buffer } from 'node:buffer'

const leadingType = /^\s*\{\s*"type"\s*:\s*"([^"\\]*)"/

/** The `type` of a JSON message, null when it has none. Most messages name it first, and are then not parsed. */
export function messageType(message: Uint8Array): string | null {
  const buffer = Buffer.from(message.buffer, message.byteOffset, message.byteLength)
  const leading = leadingType.exec(buffer.toString('latin1', 0, 200))
  if (leading) return leading[1] as string
  try {
    const value: unknown = JSON.parse(buffer.toString('utf8'))
    return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
      ? value.type
      : null
  } catch {
    return null
  }
}

const terminalTypes = new Set([
  'response.completed',
  'response.done',
  'response.failed',
  'response.incomplete',
  'response.cancelled',
  'error',
])

/** Whether an event of this type is the last word on its request. */
export function isTerminal(type: string | null): boolean {
  return type !== null && terminalTypes.has(type)
}
