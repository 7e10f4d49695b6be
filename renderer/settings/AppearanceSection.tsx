import type { Host } from '../../contract/domain/host.ts'
import type { Settings } from '../../contract/domain/settings.ts'
import { Choice } from '../ui/Choice.tsx'
import { Button, nameKeys } from '../ui/Controls.tsx'
import { Row, Section } from './Rows.tsx'
import styles from './Settings.module.css'
import { useSettingsChange } from './useSettings.ts'

const themes = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const

export function AppearanceSection({
  settings,
  host,
  onShortcuts,
}: {
  settings: Settings
  host: Host
  onShortcuts(): void
}) {
  const { problem, change } = useSettingsChange()
  return (
    <Section id="appearance" title="Appearance">
      <Row name="Theme" problem={problem}>
        <Choice label="Theme" value={settings.theme} options={themes} onChange={(theme) => void change({ theme })} />
      </Row>
      <Row name="Keyboard shortcuts" text="Everything works by keyboard.">
        <Button onClick={onShortcuts}>Show all shortcuts</Button>
      </Row>
      {host.globalShortcut !== null && (
        <Row name="Open Tapedeck from everywhere" text="Works in every application.">
          <kbd className={styles.value}>{nameGlobalKeys(host.globalShortcut)}</kbd>
        </Row>
      )}
    </Section>
  )
}

const signs: Record<string, string> = { Alt: '⌥', Command: '⌘' }

/** `Alt+Command+T` as a Mac writes it, `Control+Alt+T` as others do. */
function nameGlobalKeys(keys: string): string {
  if (!keys.includes('Command')) return keys.replace('Control', 'Ctrl')
  return nameKeys(
    keys
      .split('+')
      .map((part) => signs[part] ?? part)
      .join(''),
  )
}
