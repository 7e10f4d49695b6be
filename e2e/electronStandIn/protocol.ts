import type { FetchedFile } from './messages.ts'
import { isLetThrough } from './session.ts'
import { onlyKnown, strict } from './strict.ts'

const protocolHandlers = new Map<string, (request: Request) => Response | Promise<Response>>()
const privilegedSchemes = new Set<string>()

type ProtocolPart = Pick<Electron.Protocol, 'registerSchemesAsPrivileged'> & {
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void
}
export const protocol: ProtocolPart = strict<ProtocolPart>('protocol', {
  registerSchemesAsPrivileged(schemes) {
    for (const { scheme, privileges } of schemes) {
      onlyKnown('privileges', privileges ?? {}, ['standard', 'secure'])
      privilegedSchemes.add(scheme)
    }
  },
  handle(scheme, handler) {
    if (!privilegedSchemes.has(scheme)) throw new Error(`The stand-in for Electron knows no scheme ${scheme}.`)
    protocolHandlers.set(scheme, handler)
  },
})

/** What a page gets under this address; null where it gets nothing. */
export async function fetchFile(url: string, method: string): Promise<FetchedFile | null> {
  const isLet = await isLetThrough(url)
  const handler = protocolHandlers.get(new URL(url).protocol.slice(0, -1))
  if (!isLet || !handler) return null
  const response = await handler(new Request(url, { method }))
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    bodyBase64: Buffer.from(await response.arrayBuffer()).toString('base64'),
  }
}
