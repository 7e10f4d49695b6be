/** Between the application and the test that drives it, over the pipe that the test gave it: nobody else can speak there. */

export interface ShownEntry {
  label: string
  sublabel?: string
  accelerator?: string
  isEnabled: boolean
  /** What a click on it is told by. */
  id: number
  entries?: ShownEntry[]
}

export interface ShownTray {
  /** The file of the image. */
  image: string
  tooltip: string
  entries: ShownEntry[]
}

export interface AskedDialog {
  id: number
  kind: 'message' | 'folder' | 'save' | 'error'
  message: string
  detail: string
  buttons: string[]
}

/** From the application. */
export type Told =
  | { type: 'made'; window: number; preload: string; width: number; height: number }
  | { type: 'load'; window: number; url: string }
  | { type: 'reload'; window: number }
  | { type: 'seen'; window: number; isVisible: boolean; isFocused: boolean }
  | { type: 'destroyed'; window: number }
  | { type: 'sent'; window: number; channel: string; args: unknown[] }
  | { type: 'tray'; tray: ShownTray }
  | { type: 'menu'; entries: ShownEntry[] }
  | { type: 'notified'; id: number; title: string; body: string }
  | { type: 'asked'; dialog: AskedDialog }
  | { type: 'takenBack'; dialog: number }
  | { type: 'opened'; url: string }
  | { type: 'copied'; text: string }
  | { type: 'dock'; isShown: boolean }
  | { type: 'loginItem'; opensAtLogin: boolean; args: string[] }
  | { type: 'secondInstance'; argv: string[] }
  /** It waits to be told that it is ready. */
  | { type: 'held' }
  | { type: 'shutDown'; isDelayed: boolean; isRefused: boolean }
  | { type: 'answer'; call: number; value?: unknown; error?: string }

/** From the test. All but those with a `call` are answered by what they cause. */
export type Wanted =
  | { type: 'loaded'; window: number }
  | { type: 'navigated'; window: number; isSameDocument: boolean }
  | { type: 'gone'; window: number; reason: string }
  | { type: 'wantsWindow'; window: number; url: string }
  | { type: 'close'; window: number }
  | { type: 'focus'; window: number; isFocused: boolean }
  | { type: 'clickEntry'; id: number }
  | { type: 'clickTray' }
  | { type: 'clickNotification'; id: number }
  /** A page gives its user a file to save; refused, where it cannot be written. */
  | { type: 'download'; url: string; fileName: string; isRefused: boolean }
  | { type: 'decide'; dialog: number; response: number; path?: string }
  | { type: 'secondInstance'; argv: string[] }
  | { type: 'ready' }
  | { type: 'takeKeys'; keys: string }
  | { type: 'pressKeys'; keys: string }
  | { type: 'refuseLoginItem' }
  | { type: 'openUrl'; url: string }
  | { type: 'activate' }
  | { type: 'shutdown' }
  | { type: 'endSession' }
  | { type: 'quit' }
  | { type: 'wantsPage'; call: number; window: number; url: string }
  | { type: 'fetch'; call: number; url: string; method: string }
  | { type: 'invoke'; call: number; frame: { url: string; isTop: boolean }; channel: string; args: unknown[] }
  | { type: 'permission'; call: number; permission: string; url: string; isTop: boolean }
  | { type: 'countTimers'; call: number }

export interface FetchedFile {
  status: number
  headers: Record<string, string>
  bodyBase64: string
}
