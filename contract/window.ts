/** What a window is told beside the notifications of the app. */
export type WindowMessage =
  /** It can be seen again: while it was hidden it was told nothing. */
  | { method: 'window/shown' }
  /** Its user chose a place outside of it, as in the tray. */
  | { method: 'window/wentTo'; params: { route: string } }
  /** Its user wants to begin a session; what is looked at stays. */
  | { method: 'window/newSessionWanted' }
