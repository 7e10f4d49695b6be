import { type Reader, startReader } from './reader.ts'

export interface ReaderOnDemand extends Reader {
  /** Starts the thread for calls that are about to come. */
  prepare(): void
}

/** A reader whose thread starts with the first call: recording alone needs none. A start that failed is tried again by the next call. */
export function createReaderOnDemand(dataDir: string): ReaderOnDemand {
  let starting: Promise<Reader> | null = null

  function start(): Promise<Reader> {
    const started = startReader({ dataDir })
    started.catch(() => {
      starting = null
    })
    return started
  }

  return {
    prepare() {
      starting ??= start()
    },
    async call(method, params) {
      starting ??= start()
      return (await starting).call(method, params)
    },
    async close() {
      await (await starting?.catch(() => null))?.close()
    },
  }
}
