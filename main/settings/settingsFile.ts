import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultSettings, type Settings, settingsSchema } from '../../contract/domain/settings.ts'

export interface SettingsFile {
  current(): Settings
  /** What is not named stays as it is. Throws when the file cannot be written; then nothing has changed. */
  change(wanted: Partial<Settings>): Settings
}

type Fields = Record<string, unknown>

/**
 * The user's settings in `settings.json` of the data folder, where they may be edited by hand too. What cannot be understood
 * is reported and has its default, and the file as it was is kept beside it before it is written again. Fields that this
 * version does not know stay: another one may.
 */
export function openSettings(dataDir: string, report: (error: unknown) => void): SettingsFile {
  const path = join(dataDir, 'settings.json')
  const { fields, isWhole } = readFields(path, report)
  let stored = fields
  let mustKeepOld = !isWhole
  let settings = understand(stored)

  function understand(read: Fields): Settings {
    const understood: Fields = { ...defaultSettings }
    for (const [name, schema] of Object.entries(settingsSchema.shape)) {
      if (!(name in read)) continue
      const result = schema.safeParse(read[name])
      if (result.success) understood[name] = result.data
      else {
        mustKeepOld = true
        report(new Error(`${path}: ${name} has a value that it cannot have, so its default is used.`))
      }
    }
    return settingsSchema.parse(understood)
  }

  return {
    current: () => settings,
    change(wanted) {
      const next = settingsSchema.parse({ ...settings, ...wanted })
      const written = { ...stored, ...next }
      if (mustKeepOld) copyFileSync(path, `${path}.old`)
      // A crash in the middle leaves the old one.
      writeFileSync(`${path}.new`, `${JSON.stringify(written, null, 2)}\n`, { mode: 0o600 })
      renameSync(`${path}.new`, path)
      mustKeepOld = false
      stored = written
      settings = next
      return settings
    },
  }
}

function readFields(path: string, report: (error: unknown) => void): { fields: Fields; isWhole: boolean } {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') report(error)
    return { fields: {}, isWhole: true }
  }
  try {
    const fields: unknown = JSON.parse(text)
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) {
      return { fields: fields as Fields, isWhole: true }
    }
  } catch {
    // Said below.
  }
  report(new Error(`${path} is no JSON object, so all settings have their defaults. It is kept as settings.json.old.`))
  return { fields: {}, isWhole: false }
}
