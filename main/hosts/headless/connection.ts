import { setTimeout as delay } from 'node:timers/promises'
import { type RawData, WebSocket } from 'ws'
import type { MethodName, Notification, Params, Result } from '../../../contract/api.ts'
import type { Reply } from '../../../contract/reply.ts'
import { dispatch, unwrap } from '../../dispatch.ts'
import { type Instance, readInstance } from '../instance.ts'
import { apiAddress, type Host, type HostOptions, startHost } from './host.ts'

/** A way to the recorder of a data folder, wherever it runs. */
export interface Connection {
  call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>>
  onNotification(listener: (notification: Notification) => void): () => void
  /** Resolves when the recorder is gone; never when it lives in this process, or was let go by it. */
  lost: Promise<void>
  /** The recorder's. */
  instance: Instance
  /** Set when this process is the recorder. */
  host: Host | null
  close(): Promise<void>
}

/** Uses the running recorder, or becomes it: as long as this command takes, unless told otherwise. */
export async function connectOrRecord(given: HostOptions): Promise<Connection> {
  const options = { endsByItself: true, ...given }
  for (let attempt = 0; attempt < 50; attempt++) {
    const host = await startHost(options)
    if (host) return connectInside(host, options.report)
    // The one that holds the lock may still be starting, or just ending.
    const connection = await connectToRunning(options.dataDir)
    if (connection) return connection
    await delay(200)
  }
  throw new Error(
    `Another Tapedeck holds the data folder ${options.dataDir} but does not answer. End it, then try again.`,
  )
}

/** Null when none answers. */
export async function connectToRunning(dataDir: string): Promise<Connection | null> {
  const known = readInstance(dataDir)
  if (known.pid === null) return null
  const events = await listen(known)
  if (!events) return null
  // Who answers may be the successor of one that was killed: it is there, on the same port, before it could say so.
  const instance = readInstance(dataDir)
  const call = callOver(instance)
  let isClosed = false
  return {
    call,
    onNotification(listener) {
      const take = (message: RawData) => listener(JSON.parse(String(message)))
      events.on('message', take)
      return () => events.off('message', take)
    },
    instance,
    host: null,
    lost: new Promise((resolve) => events.once('close', () => isClosed || resolve())),
    async close() {
      isClosed = true
      events.terminate()
    },
  }
}

function connectInside(host: Host, report: (error: unknown) => void): Connection {
  return {
    instance: host.instance,
    host,
    lost: new Promise(() => {}),
    onNotification: host.app.onNotification,
    call: async (method, params) => unwrap(await dispatch(host.app.handlers, method, params, report)),
    close: host.close,
  }
}

function callOver(instance: Instance): Connection['call'] {
  return async (method, params) => {
    const response = await fetch(`${apiAddress(instance)}/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${instance.apiToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(params),
    })
    return unwrap((await response.json()) as Reply<unknown>)
  }
}

function listen(instance: Instance): Promise<WebSocket | null> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${apiAddress(instance).replace('http:', 'ws:')}/events`, {
      headers: { authorization: `Bearer ${instance.apiToken}` },
      handshakeTimeout: 2_000,
    })
    socket.once('open', () => resolve(socket))
    socket.once('error', () => resolve(null))
  })
}
