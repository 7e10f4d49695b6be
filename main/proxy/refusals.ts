import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** What codex gets when we, and not an upstream, say no. It shows the body, so that is one plain sentence. */
export interface Refusal {
  status: number
  type: string
  message: string
}

export const refusals = {
  badAddress: {
    status: 400,
    type: 'tapedeck_bad_address',
    message:
      'Tapedeck does not serve this address: it begins with /t/ and the token of a launch. Start codex with `tapedeck codex`.',
  },
  foreignHost: { status: 403, type: 'tapedeck_foreign_host', message: 'Tapedeck serves this computer alone.' },
  deadLaunch: {
    status: 403,
    type: 'tapedeck_launch_ended',
    message: 'This start of codex has ended. Start codex again with `tapedeck codex`.',
  },
  unknownPath: {
    status: 404,
    type: 'tapedeck_unknown_path',
    message: 'Tapedeck does not know where to send this path. A newer Tapedeck may know it.',
  },
  noTunnel: { status: 405, type: 'tapedeck_no_tunnel', message: 'Tapedeck opens no tunnels.' },
  noKey: {
    status: 401,
    type: 'tapedeck_no_key',
    message:
      'Tapedeck has no API key to put in. Sign in with `codex login`, or give Tapedeck a key with `tapedeck auth key set`.',
  },
  malformed: {
    status: 400,
    type: 'tapedeck_malformed_request',
    message: 'This is not a request that can be passed on.',
  },
  oddAnswer: {
    status: 502,
    type: 'tapedeck_odd_answer',
    message: 'The answer of the upstream is not one that can be passed on.',
  },
  oddBody: {
    status: 400,
    type: 'tapedeck_odd_body',
    message: 'This body cannot be read, so it cannot be sent on with your API key.',
  },
  /** Codex then asks by POST, each time with the whole conversation. */
  noWebSocket: { status: 426, type: 'tapedeck_use_http', message: 'This thread goes on over HTTP.' },
  largeHeaders: { status: 431, type: 'tapedeck_large_headers', message: 'The headers are larger than 128 KB.' },
} satisfies Record<string, Refusal>

export function unreachable(origin: string, code: string): Refusal {
  return {
    status: 502,
    type: 'tapedeck_upstream_unreachable',
    message: `Tapedeck could not reach ${new URL(origin).host} (${code}). ${adviceFor(code)}`,
  }
}

function adviceFor(code: string): string {
  if (/^ERR_PROXY_/.test(code)) return 'Is the proxy in HTTPS_PROXY right?'
  if (/CERT|SIGNATURE/.test(code)) {
    return 'Its certificate is not trusted here. If a proxy of your company looks into TLS, name its certificate in SSL_CERT_FILE.'
  }
  return 'Is there a network connection, or a proxy to set in HTTPS_PROXY?'
}

export function refuse(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  const body = bodyOf(refusal)
  response.writeHead(refusal.status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

/** For a connection that has no response object: an upgrade, a tunnel, or what could not be parsed. */
export function refuseSocket(socket: Duplex, refusal: Refusal): void {
  if (socket.destroyed || !socket.writable) return
  const body = bodyOf(refusal)
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

function bodyOf({ type, message }: Refusal): string {
  return JSON.stringify({ error: { message, type, code: type } })
}
