import { z } from 'zod'

/** What serves the app to the user, and what only some of them can. */
export const hostSchema = z.object({
  kind: z.enum(['desktop', 'headless']),
  /** Opens the window from everywhere, as `Alt+Command+T`; null where there is none, or the system did not grant it. */
  globalShortcut: z.string().nullable(),
  /** What it is unless its user chooses another; null for none. */
  defaultShortcut: z.string().nullable(),
  /** Whether the system starts it with the user's session, by the system's own word. */
  startsAtLogin: z.boolean(),
  /** Whether Chromium's sandbox is around its pages; null where they are shown by a browser of the user's. */
  isSandboxed: z.boolean().nullable(),
})
export type Host = z.infer<typeof hostSchema>
