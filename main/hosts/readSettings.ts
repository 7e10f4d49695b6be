import type { Settings } from '../../contract/domain/settings.ts'
import { openSettings } from '../settings/settingsFile.ts'

/** The settings for a command that asks no app. What is wrong with the file the app reports when it starts. */
export function readSettings(dataDir: string): Settings {
  return openSettings(dataDir, () => {}).current()
}
