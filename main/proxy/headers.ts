import type { HeaderList } from './tap.ts'

/**
 * The headers that a recording may hold. A list of what is allowed, because what is unknown may be a secret. `x-codex-turn-state`
 * is left out on purpose: it is an opaque handle that only the upstream understands.
 */
const recorded = new Set([
  'accept',
  'cf-ray',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'openai-beta',
  'openai-model',
  'openai-processing-ms',
  'openai-version',
  'originator',
  'retry-after',
  'retry-after-ms',
  'sec-websocket-extensions',
  'session-id',
  'session_id',
  'thread-id',
  'thread_id',
  'user-agent',
  'version',
  'x-client-request-id',
  'x-models-etag',
  'x-openai-internal-codex-responses-lite',
  'x-openai-subagent',
  'x-reasoning-included',
  'x-request-id',
])
const recordedFamilies = ['x-codex-', 'x-ratelimit-']
/** The windows of limits beside the plan's own, each under a name of its server's choice. */
const recordedLimit = /^x-[a-z0-9-]+-(primary|secondary)-(used-percent|window-minutes|reset-at)$/
const neverRecorded = new Set(['x-codex-turn-state'])

/** What of a head may be recorded, from Node's flat list of names and values. An allow-list: no credential and no cookie is on it. */
export function selectRecorded(rawHeaders: string[]): HeaderList {
  const list: HeaderList = []
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string
    const lower = name.toLowerCase()
    if (neverRecorded.has(lower)) continue
    if (recorded.has(lower) || isInFamily(lower) || recordedLimit.test(lower)) {
      list.push([name, rawHeaders[i + 1] as string])
    }
  }
  return list
}

function isInFamily(name: string): boolean {
  return recordedFamilies.some((family) => name.startsWith(family))
}

/**
 * They speak of one connection, and there are two. An expectation is met by our own server, which asks for the body at once:
 * whether the upstream wants it, its answer says.
 */
const hopByHop = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** What the caller sent, without what was meant for us alone; case, order and repetition are kept. */
export function withoutHopByHop(rawHeaders: string[]): HeaderList {
  const named = new Set<string>()
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if ((rawHeaders[i] as string).toLowerCase() !== 'connection') continue
    for (const name of (rawHeaders[i + 1] as string).split(',')) named.add(name.trim().toLowerCase())
  }
  const list: HeaderList = []
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string
    const lower = name.toLowerCase()
    if (!hopByHop.has(lower) && !named.has(lower)) list.push([name, rawHeaders[i + 1] as string])
  }
  return list
}

/** As Node's `request` takes them: a repeated name holds all its values, so that none is lost. */
export function toRequestHeaders(list: HeaderList): Record<string, string | string[]> {
  const keys = new Map<string, string>()
  const headers: Record<string, string | string[]> = Object.create(nothing)
  for (const [name, value] of list) {
    const lower = name.toLowerCase()
    const key = keys.get(lower)
    if (key === undefined) {
      keys.set(lower, name)
      headers[name] = value
    } else {
      const before = headers[key] as string | string[]
      headers[key] = Array.isArray(before) ? [...before, value] : [before, value]
    }
  }
  return headers
}

/** Inherits no name, so that a header may be called `constructor`. An object without any prototype would be copied much slower. */
const nothing = Object.freeze(Object.create(null))

/** From Node's flat list of names and values, in its order and with what stands there twice. */
export function toPairs(rawHeaders: string[]): HeaderList {
  return Array.from({ length: rawHeaders.length / 2 }, (_, i) => [
    rawHeaders[2 * i] as string,
    rawHeaders[2 * i + 1] as string,
  ])
}

/** The first. `name` in lower case, as in all of these. */
export function findHeader(list: HeaderList, name: string): HeaderList[number] | undefined {
  return list.find(([other]) => other.toLowerCase() === name)
}

export function withoutHeaders(list: HeaderList, names: Set<string>): HeaderList {
  return list.filter(([name]) => !names.has(name.toLowerCase()))
}

/** In the place and the spelling of the first, others of the name go; at the end where there was none. */
export function replaceHeader(list: HeaderList, name: string, value: string): HeaderList {
  const replaced: HeaderList = []
  let isPlaced = false
  for (const pair of list) {
    if (pair[0].toLowerCase() !== name) replaced.push(pair)
    else if (!isPlaced) {
      replaced.push([pair[0], value])
      isPlaced = true
    }
  }
  if (!isPlaced) replaced.push([name, value])
  return replaced
}
