import type { Archive } from '../archive/archive.ts'
import { breathe } from './breathe.ts'
import type { PriceBook } from './priceBook.ts'
import type { ArchiveRecorder } from './recorder.ts'

/** Of one step: few enough that what streams meanwhile is stored in time. */
const sessionsAStep = 20

interface RepriceOptions {
  archive: Archive
  recorder: ArchiveRecorder
  prices: Pick<PriceBook, 'fingerprint'>
  isClosed(): boolean
}

/** What sessions cost depends on prices, which others change, also in the middle of this. True when any had to be priced anew. */
export async function reprice({ archive, recorder, prices, isClosed }: RepriceOptions): Promise<boolean> {
  const { ledger, readModel } = archive
  const { write, derivation } = recorder
  let hasPriced = false
  for (let wanted = prices.fingerprint(); ledger.read('prices') !== wanted; wanted = prices.fingerprint()) {
    const rest = readModel.sessionIds()
    while (rest.length > 0) {
      const step = rest.splice(0, sessionsAStep)
      write(() => {
        for (const id of step) derivation.attempt(() => derivation.refoldSession(id))
      })
      await breathe(archive, isClosed)
    }
    write(() => ledger.write('prices', wanted))
    hasPriced = true
  }
  return hasPriced
}
