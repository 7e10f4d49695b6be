import { Agent, request as startRequest } from 'node:http'
import { headersOf, type Ids, requestOf } from './modelTraffic.ts'

export interface StreamTiming {
  totalMs: number
  firstEventMs: number
  /** From the sending of an event to its arrival here, for each event that tells when it was sent. */
  lagsMs: number[]
}

const timeoutMs = 60_000

/** A client's kept connection to one subject. */
export function createStreamClient(baseUrl: string) {
  const agent = new Agent({ keepAlive: true })
  return {
    close: () => agent.destroy(),
    /** Sends a request of `requestBytes` and reads its stream of `events` to the end. */
    read(ids: Ids, wish: { requestBytes: number; events: number; gapMs: number }): Promise<StreamTiming> {
      const body = Buffer.from(requestOf(ids, wish.requestBytes))
      const headers = headersOf(ids, {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        'content-length': String(body.length),
      })
      const url = `${baseUrl}/v1/responses?events=${wish.events}&gapMs=${wish.gapMs}`
      return new Promise((resolve, reject) => {
        const startedNs = process.hrtime.bigint()
        let firstEventMs = Number.NaN
        let seen = 0
        let rest = ''
        const lagsMs: number[] = []
        const request = startRequest(url, { method: 'POST', headers, agent }, (response) => {
          if (response.statusCode !== 200) {
            reject(new Error(`${url} answered with ${response.statusCode}`))
            request.destroy()
            return
          }
          response.setEncoding('utf8')
          response.on('data', (text: string) => {
            const arrivedNs = process.hrtime.bigint()
            if (Number.isNaN(firstEventMs)) firstEventMs = toMs(arrivedNs - startedNs)
            const events = (rest + text).split('\n\n')
            rest = events.pop() as string
            seen += events.length
            if (wish.gapMs === 0) return
            for (const event of events) {
              const sentNs = /"sent_ns":"(\d+)"/.exec(event)?.[1]
              if (sentNs !== undefined) lagsMs.push(toMs(arrivedNs - BigInt(sentNs)))
            }
          })
          response.on('end', () => {
            if (seen !== wish.events) return reject(new Error(`${seen} of ${wish.events} events came from ${url}`))
            resolve({ totalMs: toMs(process.hrtime.bigint() - startedNs), firstEventMs, lagsMs })
          })
          response.on('error', reject)
        })
        request.setTimeout(timeoutMs, () => request.destroy(new Error(`${url} took too long`)))
        request.on('error', reject)
        request.end(body)
      })
    },
  }
}

const toMs = (ns: bigint) => Number(ns) / 1e6
