import type { Archive } from '../archive/archive.ts'

export interface WritingOptions {
  archive: Pick<Archive, 'ledger' | 'transaction'>
  now(): number
  /** Nothing of what the work did is true any more. */
  onUndone(error: unknown): void
}

/** All that the recording thread writes goes through here, for the rising number that what is written, and told, carries. */
export function createWriting({ archive, now, onUndone }: WritingOptions) {
  const { ledger } = archive
  let seq = Math.max(ledger.read('seq') + 1, now())
  const nextSeq = () => ++seq

  return {
    nextSeq,
    lastSeq: () => seq,

    /** What is read after this carries a `seq` that no row of it and nothing told of it exceeds. */
    write<T>(work: () => T): T {
      try {
        return archive.transaction(() => {
          const result = work()
          ledger.write('seq', nextSeq())
          return result
        })
      } catch (error) {
        onUndone(error)
        throw error
      }
    },
  }
}
