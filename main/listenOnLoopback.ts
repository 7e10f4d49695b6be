import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Nobody but this computer reaches what listens here. Resolves with the port that was bound, which 0 leaves to the system. */
export function listenOnLoopback(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** Binds the port that was had before, or any other where somebody else has it now. Resolves with the one that was bound. */
export async function listenWherePossible(listen: (port: number) => Promise<number>, port: number): Promise<number> {
  try {
    return await listen(port)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port === 0) throw error
    return listen(0)
  }
}
