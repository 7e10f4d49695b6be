import type { Update } from '../../contract/domain/update.ts'
import { ReplyError } from '../../contract/reply.ts'

/** What can replace this copy by a newer one. */
export interface Updater {
  /** Why this copy does not update itself, as a sentence with the way to do it; null when it does. */
  whyNot: string | null
  /** The version that is newer than this one, or null. */
  check(): Promise<string | null>
  download(onProgress: (percent: number) => void): Promise<void>
  /** Ends this process, unless the user would rather stay, and starts the new version. */
  install(): Promise<void>
}

export interface UpdatesOptions {
  updater: Updater | null
  isCheckWanted(): boolean
  declinedVersion(): string | null
  keepDeclined(version: string | null): void
  onChanged(update: Update): void
  report(error: unknown): void
  now(): number
}

export interface Updates {
  /** Looks for a newer version when the last look is a day old; a look is never taken by the clock alone. */
  read(): Update
  check(): Promise<Update>
  download(): void
  decline(): void
  install(): Promise<void>
}

type UpdateEvent =
  | { type: 'checkStarted' }
  | { type: 'checked'; version: string | null; at: number; isDeclined: boolean }
  | { type: 'downloadStarted' }
  | { type: 'progressed'; percent: number }
  | { type: 'downloaded' }
  | { type: 'declined' }
  | { type: 'failed'; message: string }

const dayMs = 24 * 60 * 60 * 1000

/** Pure. What does not fit the state that it comes to changes nothing. */
export function foldUpdate(update: Update, event: UpdateEvent): Update {
  switch (event.type) {
    case 'checkStarted':
      return { state: 'checking' }
    case 'checked':
      if (event.version === null) return { state: 'current', checkedAt: event.at }
      return { state: event.isDeclined ? 'declined' : 'available', version: event.version }
    case 'downloadStarted':
      return update.state === 'available' || update.state === 'declined'
        ? { state: 'downloading', version: update.version, percent: 0 }
        : update
    case 'progressed': {
      if (update.state !== 'downloading') return update
      const percent = Math.min(100, Math.max(0, Math.floor(event.percent)))
      return percent === update.percent ? update : { ...update, percent }
    }
    case 'downloaded':
      return update.state === 'downloading' ? { state: 'ready', version: update.version } : update
    case 'declined':
      return update.state === 'available' || update.state === 'ready'
        ? { state: 'declined', version: update.version }
        : update
    case 'failed':
      return { state: 'failed', message: event.message }
  }
}

export function createUpdates(options: UpdatesOptions): Updates {
  const { updater } = options
  const whyNot = updater
    ? updater.whyNot
    : 'Tapedeck updates the way it was installed here: with npm, or from its sources.'
  let update: Update = whyNot === null ? { state: 'notChecked' } : { state: 'unsupported', message: whyNot }
  let lookedAt = Number.NEGATIVE_INFINITY
  let checking: Promise<Update> | null = null

  function take(event: UpdateEvent): void {
    const next = foldUpdate(update, event)
    if (next === update) return
    update = next
    options.onChanged(update)
  }

  function fail(what: string, error: unknown): void {
    options.report(error)
    take({ type: 'failed', message: `${what} Is there a network? The log says more.` })
  }

  async function look(working: Updater, isAsked: boolean): Promise<Update> {
    lookedAt = options.now()
    take({ type: 'checkStarted' })
    try {
      const version = await working.check()
      const isDeclined = !isAsked && version !== null && version === options.declinedVersion()
      take({ type: 'checked', version, at: options.now(), isDeclined })
    } catch (error) {
      fail('Looking for a newer version failed.', error)
    }
    return update
  }

  /** One look at a time, and none while a newer version is on its way or waits. */
  function check(isAsked: boolean): Promise<Update> {
    if (!updater || update.state === 'unsupported') return Promise.resolve(update)
    if (update.state === 'downloading' || update.state === 'ready') return Promise.resolve(update)
    checking ??= look(updater, isAsked).finally(() => {
      checking = null
    })
    return checking
  }

  return {
    read() {
      if (options.isCheckWanted() && options.now() - lookedAt > dayMs) void check(false)
      return update
    },
    check: () => check(true),
    download() {
      if (!updater || (update.state !== 'available' && update.state !== 'declined')) {
        throw new ReplyError('badRequest', 'There is no newer version to fetch. Look for one first.')
      }
      options.keepDeclined(null)
      take({ type: 'downloadStarted' })
      updater
        .download((percent) => take({ type: 'progressed', percent }))
        .then(
          () => take({ type: 'downloaded' }),
          (error) => fail('The newer version could not be fetched.', error),
        )
    },
    decline() {
      if (update.state !== 'available' && update.state !== 'ready') {
        throw new ReplyError('badRequest', 'There is no newer version to decline.')
      }
      options.keepDeclined(update.version)
      take({ type: 'declined' })
    },
    async install() {
      if (!updater || update.state !== 'ready') {
        throw new ReplyError('badRequest', 'There is no newer version that is ready. Fetch it first.')
      }
      await updater.install()
    },
  }
}
