/** How it ended that the user was asked where to put a file. */
export type SavedFile =
  | { state: 'saved'; folder: string; fileName: string }
  /** They want it nowhere. */
  | { state: 'cancelled' }
  /** It could not be written there. */
  | { state: 'failed' }

/** What a window is told beside the notifications of the app. */
export type WindowMessage =
  /** It can be seen again: while it was hidden it was told nothing. */
  | { method: 'window/shown' }
  /** Its user chose a place outside of it, as in the tray. */
  | { method: 'window/wentTo'; params: { route: string } }
  /** Its user wants to begin a session, which could not begin in a folder that is gone; what is looked at stays. */
  | { method: 'window/newSessionWanted'; params: { goneFolder: string | null } }
  /** A file that it gave away under this address. */
  | { method: 'window/saved'; params: { url: string; saved: SavedFile } }
