import { createHash } from 'node:crypto'
import { constants, zstdDecompress } from 'node:zlib'

export interface LimitFallbackOptions {
  /** What pays from the limit on; null when the user does not want that, or when there is no key. */
  key(): string | null
}

/** One conversation of one launch. */
export interface ThreadAddress {
  launchId: string
  threadId: string
}

/** What an answer is replaced by. */
export interface Answer {
  status: number
  body: string
}

interface SwitchedThread {
  /** Fingerprints of what the plan's account had encrypted before the key took over; null before the first request. */
  foreignReasoning: Set<string> | null
  /** Once the API has refused to read it. */
  dropsReasoning: boolean
}

interface Reasoning {
  type: 'reasoning'
  encrypted_content?: unknown
}

/** Threads come and go with their codex, which does not say goodbye; the oldest are forgotten, and learn it anew. */
const rememberedThreads = 1000
const maxBodyBytes = 256 * 1024 * 1024

/** Codex asks again at once, and whole, after a server's failure. */
const askAgain: Answer = {
  status: 503,
  body: JSON.stringify({ error: { type: 'server_error', code: 'tapedeck_ask_again', message: 'Ask again.' } }),
}

/**
 * Goes on with an API key where the plan's limit ends a thread. Nothing is repeated by us: the refusal is turned into one
 * after which codex asks again by itself, with the whole conversation, and what it then asks goes to the API with the key.
 * A thread stays there for as long as its codex runs, since its later turns build on what the key's account has answered.
 */
export function createLimitFallback({ key }: LimitFallbackOptions) {
  const threads = new Map<string, SwitchedThread>()
  const nameOf = ({ launchId, threadId }: ThreadAddress) => `${launchId}/${threadId}`

  return {
    /** `watch`: the plan pays, and its refusal is to be caught. `key`: the key pays. */
    modeOf(thread: ThreadAddress): 'off' | 'watch' | 'key' {
      if (key() === null) return 'off'
      return threads.has(nameOf(thread)) ? 'key' : 'watch'
    },

    key,

    /** The plan's answer to a thread that is watched: null when it is not the end of the plan. */
    judgePlan(thread: ThreadAddress, status: number, body: string): Answer | null {
      if (status !== 429 || errorOf(body)?.type !== limitReached) return null
      switchOver(thread)
      return askAgain
    },

    /** One message of the plan's WebSocket. True when it says that the plan has ended: then the socket is of no more use. */
    isEndOfPlan(thread: ThreadAddress, message: Uint8Array): boolean {
      if (!mayTellOfLimit(message)) return false
      if (errorOf(Buffer.from(message).toString('utf8'))?.type !== limitReached) return false
      switchOver(thread)
      return true
    },

    /** The API's answer to a thread that goes on with the key: null when it is to be passed on. */
    judgeKey(thread: ThreadAddress, status: number, body: string): Answer | null {
      const known = threads.get(nameOf(thread))
      // A second time it is not the reasoning that it means, and codex gets to see it.
      if (!known || known.dropsReasoning || status !== 400) return null
      if (errorOf(body)?.code !== 'invalid_encrypted_content') return null
      known.dropsReasoning = true
      return askAgain
    },

    /** A request's body as the API takes it: not packed, and without what only the plan's account can read. */
    async toKeyBody(thread: ThreadAddress, body: Buffer, encoding: string | undefined): Promise<Buffer> {
      const plain = encoding === 'zstd' ? await unpack(body) : body
      const known = threads.get(nameOf(thread))
      if (!known) return plain
      known.foreignReasoning ??= new Set(reasoningOf(plain).map(fingerprintOf))
      return known.dropsReasoning ? withoutReasoning(plain, known.foreignReasoning) : plain
    },
  }

  function switchOver(thread: ThreadAddress): void {
    threads.set(nameOf(thread), { foreignReasoning: null, dropsReasoning: false })
    const [oldest] = threads.keys()
    if (threads.size > rememberedThreads && oldest !== undefined) threads.delete(oldest)
  }
}

const limitReached = 'usage_limit_reached'

/** A stream has thousands of messages, and only a short one can be this. */
function mayTellOfLimit(message: Uint8Array): boolean {
  return (
    message.length < 64 * 1024 && Buffer.from(message.buffer, message.byteOffset, message.length).includes(limitReached)
  )
}

/** An error as the API words it, alone or as an event of a stream. */
function errorOf(text: string): { type?: unknown; code?: unknown } | null {
  try {
    const told = JSON.parse(text)
    if (told?.type !== undefined && told.type !== 'error') return null
    return typeof told?.error === 'object' ? told.error : null
  } catch {
    return null
  }
}

function unpack(body: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const params = { [constants.ZSTD_d_windowLogMax]: 27 }
    zstdDecompress(body, { maxOutputLength: maxBodyBytes, params }, (error, plain) =>
      error ? reject(error) : resolve(plain),
    )
  })
}

/** Only its own account can read encrypted reasoning; without it the model thinks anew, and the conversation is whole. */
function withoutReasoning(body: Buffer, foreign: Set<string>): Buffer {
  const request = parse(body)
  if (!request) return body
  const input = request.input.filter((item) => !isReasoning(item) || !foreign.has(fingerprintOf(item)))
  return Buffer.from(JSON.stringify({ ...request, input }))
}

function reasoningOf(body: Buffer): Reasoning[] {
  return parse(body)?.input.filter(isReasoning) ?? []
}

function parse(body: Buffer): { input: unknown[] } | null {
  try {
    const request = JSON.parse(body.toString('utf8'))
    return Array.isArray(request?.input) ? request : null
  } catch {
    return null
  }
}

function isReasoning(item: unknown): item is Reasoning {
  return typeof item === 'object' && item !== null && (item as { type?: unknown }).type === 'reasoning'
}

function fingerprintOf(item: Reasoning): string {
  return createHash('sha256').update(String(item.encrypted_content)).digest('base64')
}
