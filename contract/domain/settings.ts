import { z } from 'zod'
import { savedSearchSchema } from './search.ts'
import { shortcutSchema } from './shortcut.ts'

/** What the user has decided. */
export const settingsSchema = z.object({
  /** The path of the codex to use; null for the one that is found. */
  codex: z.string().trim().min(1).max(4000).nullable(),
  /** Sign with the key that Tapedeck keeps, even where codex has a login of its own. */
  usesKeyAlways: z.boolean(),
  /** When the plan's limit is reached, go on with that key. */
  usesKeyAtLimit: z.boolean(),
  /** The terminal that is opened: its id, a program with its options, or an application; null for what is found. */
  terminal: z.string().trim().min(1).max(1000).nullable(),
  /** Where a new session begins when no other folder is at hand; null for the one of the last session. */
  defaultFolder: z.string().trim().min(1).max(4096).nullable(),
  theme: z.enum(['system', 'light', 'dark']),
  /** The port of the proxy from the next start on; null for the one that it had before. */
  proxyPort: z.number().int().min(1024).max(65_535).nullable(),
  /** The desktop application starts with the user's session, without its window. */
  startsAtLogin: z.boolean(),
  /** The desktop application tells of what its user would want to know. */
  showsNotifications: z.boolean(),
  /** Opens the window of the desktop application from everywhere: what its host prefers, these keys, or none. */
  globalShortcut: z.union([z.literal('default'), shortcutSchema]).nullable(),
  /** Look for a newer Tapedeck, at most once a day; fetching it is asked for. */
  checksForUpdates: z.boolean(),
  /** The newer version that the user does not want. */
  declinedUpdate: z.string().max(100).nullable(),
  /** Queries that are kept under a name, in the order in which they were. */
  savedSearches: z.array(savedSearchSchema).max(100),
})
export type Settings = z.infer<typeof settingsSchema>

export const defaultSettings: Settings = {
  codex: null,
  usesKeyAlways: false,
  usesKeyAtLimit: false,
  terminal: null,
  defaultFolder: null,
  theme: 'system',
  proxyPort: null,
  startsAtLogin: false,
  showsNotifications: true,
  globalShortcut: 'default',
  checksForUpdates: true,
  declinedUpdate: null,
  savedSearches: [],
}
