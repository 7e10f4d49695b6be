import { type MethodName, methods } from '../contract/api.ts'
import { type ErrorCode, type Reply, ReplyError } from '../contract/reply.ts'
import type { Handlers } from './handlers.ts'

/**
 * Runs one request of an untrusted UI. Every host answers through here: what arrives is parsed against the contract, and
 * whatever goes wrong comes back as a value. `report` hears of programming errors, whose text no UI gets to see.
 */
export async function dispatch(
  handlers: Handlers,
  method: unknown,
  params: unknown,
  report: (error: unknown) => void,
): Promise<Reply<unknown>> {
  if (typeof method !== 'string' || !Object.hasOwn(methods, method)) {
    return failure('unknownMethod', `There is no method ${JSON.stringify(String(method).slice(0, 100))}.`)
  }
  const name = method as MethodName
  const parsed = methods[name].params.safeParse(params ?? {})
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'params'}: ${issue.message}`)
    return failure('badRequest', `${name} cannot be called like this: ${problems.slice(0, 3).join('; ')}.`)
  }
  try {
    // The map's type ties each handler to its own params; TypeScript cannot follow that through a name held in a variable.
    const handler = handlers[name] as (params: unknown) => unknown
    return { ok: true, value: await handler(parsed.data) }
  } catch (error) {
    if (error instanceof ReplyError) return failure(error.code, error.message, error.command)
    report(error)
    return failure('internal', `Tapedeck could not do ${name}; its log tells why.`)
  }
}

/** For callers that would rather have failure thrown. The reply was made by `dispatch`, so its value has the method's shape. */
export function unwrap<T>(reply: Reply<unknown>): T {
  if (!reply.ok) throw new ReplyError(reply.error.code, reply.error.message)
  return reply.value as T
}

function failure(code: ErrorCode, message: string, command?: string): Reply<never> {
  return { ok: false, error: { code, message, ...(command !== undefined && { command }) } }
}
