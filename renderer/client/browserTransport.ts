import type { Notification } from '../../contract/api.ts'
import type { ErrorCode, Reply } from '../../contract/reply.ts'
import type { Transport, TransportListener } from './transport.ts'

const firstDelayMs = 300
const longestDelayMs = 5_000

/** The headless host: `POST /api/<method>` and notifications at `/api/events`, both under the page's own origin and cookie. */
export function createBrowserTransport(): Transport {
  return { call, listen, linksAskedBy: 'page', whenSaved: null }
}

async function call(method: string, params: unknown): Promise<Reply<unknown>> {
  try {
    const response = await fetch(`/api/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
      credentials: 'same-origin',
    })
    if (response.status === 401 || response.status === 403) return failure('signedOut', signedOutMessage)
    return (await response.json()) as Reply<unknown>
  } catch {
    return failure('unavailable', 'Tapedeck does not answer. It may have been quit or is starting again.')
  }
}

const signedOutMessage =
  'This page is not signed in to Tapedeck any more. Run `tapedeck serve` and open the link that it prints.'

function failure(code: ErrorCode, message: string): Reply<never> {
  return { ok: false, error: { code, message } }
}

function listen(listener: TransportListener): () => void {
  let socket: WebSocket | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let delayMs = firstDelayMs
  let isStopped = false

  function connect() {
    clearTimeout(timer)
    const url = new URL('/api/events', location.href)
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    url.hash = ''
    const opening = new WebSocket(url)
    socket = opening
    opening.onopen = () => {
      delayMs = firstDelayMs
      listener.opened()
    }
    opening.onmessage = (event) => {
      const notification = parse(event.data)
      if (notification) listener.notified(notification)
    }
    opening.onclose = () => {
      if (isStopped) return
      listener.lost()
      timer = setTimeout(connect, delayMs)
      delayMs = Math.min(delayMs * 2, longestDelayMs)
    }
  }

  function hurry() {
    if (document.visibilityState === 'hidden' || socket?.readyState !== WebSocket.CLOSED) return
    delayMs = firstDelayMs
    connect()
  }

  connect()
  window.addEventListener('online', hurry)
  document.addEventListener('visibilitychange', hurry)
  return () => {
    isStopped = true
    clearTimeout(timer)
    window.removeEventListener('online', hurry)
    document.removeEventListener('visibilitychange', hurry)
    socket?.close()
  }
}

function parse(data: unknown): Notification | null {
  try {
    const value: unknown = JSON.parse(String(data))
    const isNotification = typeof value === 'object' && value !== null && 'method' in value && 'params' in value
    return isNotification ? (value as Notification) : null
  } catch {
    return null
  }
}
