import type { Host } from '../../contract/domain/host.ts'
import type { Settings } from '../../contract/domain/settings.ts'
import { Button } from '../ui/Controls.tsx'
import { Choice } from './Choice.tsx'
import { Row, Section } from './Rows.tsx'
import { ShortcutRow } from './ShortcutRow.tsx'
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
      {host.kind === 'desktop' && <ShortcutRow settings={settings} host={host} />}
    </Section>
  )
}
