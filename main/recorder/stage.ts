import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Notification, NotificationName } from '../../contract/api.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { applyChange } from '../../contract/domain/turnChange.ts'
import { openArchive } from '../archive/archive.ts'
import { type ArchiveReader, openArchiveReader } from '../archive/archiveReader.ts'
import { removeDerivedRows } from '../archive/derivedRows.ts'
import type { TapEvent } from '../proxy/tap.ts'
import { hurryBytes } from './intake.ts'
import type { LaunchToKeep, LostStream, Note } from './messages.ts'
import { createRecorder } from './recorder.ts'
import { createRecorderMethods, type RecorderMethodsOptions } from './recorderMethods.ts'

type ParamsOf<N extends NotificationName> = Extract<Notification, { method: N }>['params']
export type Run = ReturnType<Stage['run']>
export type Stage = ReturnType<typeof createStage>

interface StageOptions {
  undoMs?: number
  wholeUpTo?: RecorderMethodsOptions['wholeUpTo']
}

/** For tests: a data folder and runs of the recorder on it, in this thread and by a clock of its own. */
export function createStage() {
  const dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-recorder-'))
  const undo: (() => void)[] = []
  const clock = { now: 5_000 }

  return {
    dataDir,
    clock,

    /** Starts recording, as a thread does that found the folder like this. */
    run(lostStreams: LostStream[] = [], { undoMs = 0, wholeUpTo }: StageOptions = {}) {
      const archive = openArchive(dataDir)
      const notifications: Notification[] = []
      const taken: number[] = []
      const turns = new Map<string, Turn>()
      const reports: unknown[] = []
      const notify = (more: Notification[]) => notifications.push(...more)
      const recorder = createRecorder({
        archive,
        now: () => clock.now,
        notify,
        taken: (batch) => taken.push(batch),
        report: (error) => reports.push(error),
      })
      const methods = createRecorderMethods({
        archive,
        recorder,
        now: () => clock.now,
        undoMs,
        wholeUpTo,
        notify,
        report: (error) => reports.push(error),
      })
      recorder.endLeftovers(lostStreams)
      let batch = 0
      let isOver = false
      function end(): void {
        methods.close()
        if (!isOver) archive.close()
        isOver = true
      }
      undo.push(end)
      return {
        archive,
        recorder,
        methods,
        notifications,
        taken,
        reports,
        /** As one batch. */
        take(entries: (TapEvent | Note)[]): void {
          recorder.take(++batch, entries)
        },
        /** As one batch of a flood: it is stored at once, and nothing of it is derived in the same breath. */
        takeInFlood(entries: (TapEvent | Note)[]): void {
          recorder.take(++batch, entries, hurryBytes)
          recorder.flush()
        },
        /** What was told of this method since this was asked last. */
        told<N extends NotificationName>(method: N): ParamsOf<N>[] {
          const mine = notifications.filter((one) => one.method === method)
          for (const one of mine) notifications.splice(notifications.indexOf(one), 1)
          return mine.map(({ params }) => params as unknown as ParamsOf<N>)
        },
        /** The turns as they were told of since this was asked last, put together as who listens does. */
        turnsTold(): Turn[] {
          return this.told('turn/updated').map(({ change }) => {
            const turn = applyChange(turns.get(change.head.id), change)
            if (!turn) throw new Error(`What came before it was not told of ${change.head.id}.`)
            turns.set(turn.id, turn)
            return turn
          })
        },
        /** What is derived again next is what the raw record alone leads to. */
        removeDerived(): void {
          removeDerivedRows(dataDir)
          recorder.derivation.forget()
        },
        /** As the process ends that is killed: nothing more is stored. */
        end,
      }
    },

    reader(): ArchiveReader {
      const reader = openArchiveReader(dataDir)
      undo.push(reader.close)
      return reader
    },

    close(): void {
      for (const each of undo.reverse()) each()
      rmSync(dataDir, { recursive: true })
    },
  }
}

export function launchOf(id: string): LaunchToKeep {
  return {
    id,
    tokenHash: 'hash',
    credential: 'codexLogin',
    args: [],
    startedAt: 900,
    pid: null,
    isPrivate: false,
  }
}
