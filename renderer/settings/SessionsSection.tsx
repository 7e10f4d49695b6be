import { useCallback, useId, useState } from 'react'
import type { Settings } from '../../contract/domain/settings.ts'
import type { Client } from '../client/client.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { Row, Section, UnreadRow } from './Rows.tsx'
import { TextSetting } from './TextSetting.tsx'
import { useReading, useSettingsChange } from './useSettings.ts'

/** Where new sessions start, and in which terminal. */
export function SessionsSection({ settings }: { settings: Settings }) {
  const folderId = useId()
  const { problem, change } = useSettingsChange()
  return (
    <Section id="sessions" title="New sessions">
      <TerminalRow settings={settings} />
      <Row
        name="Default folder"
        text="Where a new session begins when none is open. Without one it is the folder of the last session."
        controlId={folderId}
        problem={problem}
      >
        <TextSetting
          id={folderId}
          value={settings.defaultFolder}
          placeholder="~/src"
          onSave={(defaultFolder) => void change({ defaultFolder })}
        />
      </Row>
    </Section>
  )
}

const own = 'own'

function TerminalRow({ settings: { terminal } }: { settings: Settings }) {
  const id = useId()
  const { problem, change } = useSettingsChange()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what opens depends on the setting
  const read = useCallback((client: Client) => client.call('terminal/list', {}), [terminal])
  const reading = useReading(read)
  const [wantsOwn, setWantsOwn] = useState(false)
  const list = reading.answer
  if (!list || reading.problem !== null) {
    return <UnreadRow what="The terminals of this computer could not be listed" reading={reading} />
  }

  const isKnown = list.terminals.some((each) => each.id === terminal)
  const isOwn = wantsOwn || (terminal !== null && !isKnown)
  function choose(value: string) {
    setWantsOwn(value === own)
    if (value !== own) void change({ terminal: value === '' ? null : value })
  }
  return (
    <Row
      name="Terminal"
      text={
        list.default
          ? `Opens ${revealControls(list.default.name)}. ${list.default.why}`
          : 'None was found: you get the command to run yourself.'
      }
      controlId={id}
      problem={problem}
      below={
        isOwn && (
          <TextSetting
            id={`${id}-own`}
            value={isKnown ? null : terminal}
            placeholder="kitty --single-instance"
            onSave={(value) => {
              setWantsOwn(false)
              void change({ terminal: value })
            }}
          />
        )
      }
    >
      <select id={id} value={isOwn ? own : (terminal ?? '')} onChange={(event) => choose(event.target.value)}>
        <option value="">Automatic</option>
        {list.terminals.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
          </option>
        ))}
        <option value={own}>Another program…</option>
      </select>
    </Row>
  )
}
