import { app, dialog, shell } from 'electron'
import type { Connection } from '../headless/connection.ts'
import { uiLink } from '../headless/host.ts'
import { outlive } from '../headless/outlive.ts'
import type { Instance } from '../instance.ts'
import { besideDetail, besideModel, besideTitle } from './besideModel.ts'
import type { TrayView } from './tray.ts'

export interface BesideOptions {
  platform: NodeJS.Platform
  /** Nobody asked for more to be seen than the tray. */
  isHidden: boolean
  /** Null where nothing shows one. */
  findTray(): Promise<TrayView | null>
  /** The next recorder, when the one before has ended. */
  open(): Promise<Connection>
  report(error: unknown): void
}

export interface Beside {
  /** Resolves with the recorder that stays, which is this process unless another one was faster; null when it was left before. */
  place: Promise<Connection | null>
  /** Opens the page of the other one, at this place of it if one is given; false where there is none just now. */
  show(route: string | null): boolean
  /** Waits no longer. */
  leave(): Promise<void>
}

/** What people see of Tapedeck while it waits beside a recorder that ends by itself, and what those get who want its window. */
export function waitBeside(first: Connection, { platform, isHidden, findTray, open, report }: BesideOptions): Beside {
  let other: Connection | null = null
  const leaving = new AbortController()
  const over = new AbortController()

  function stand(next: Connection): void {
    if (!next.instance.endsByItself) return
    other = next
    void next.lost.then(() => {
      if (other === next) other = null
    })
  }

  function show(route: string | null): boolean {
    if (other) void openPage(other.instance, route).catch(report)
    return other !== null
  }

  async function beSeen(): Promise<void> {
    const tray = await findTray()
    if (over.signal.aborted) return
    if (tray) tray.show(besideModel(platform))
    else if (!isHidden) await beAsked()
  }

  /** Without a tray nobody could tell that it runs, nor end it. */
  async function beAsked(): Promise<void> {
    const { signal } = over
    for (;;) {
      const { response } = await dialog.showMessageBox({
        type: 'info',
        message: besideTitle,
        detail: `${besideDetail}.`,
        buttons: ['Open in Browser', 'Quit Tapedeck'],
        defaultId: 0,
        cancelId: 1,
        signal,
      })
      if (signal.aborted) return
      if (response === 1) return app.quit()
      show(null)
    }
  }

  stand(first)
  const place = outlive(first, { open, onNext: stand, signal: leaving.signal }).finally(() => {
    other = null
    over.abort()
  })
  void beSeen().catch(report)
  return {
    place,
    show,
    async leave() {
      leaving.abort()
      await place
    },
  }
}

/** In the user's browser: the page of a recorder fits it, which may be of another version than this window. */
export async function openPage(instance: Instance, route: string | null): Promise<void> {
  await shell.openExternal(`${uiLink(instance)}${route ?? ''}`)
}
