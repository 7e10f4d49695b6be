import { useId } from 'react'
import type { Result } from '../../contract/api.ts'
import type { Settings } from '../../contract/domain/settings.ts'
import { Tag } from '../account/parts.tsx'
import { useClient } from '../client/ClientProvider.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { Row, Section } from './Rows.tsx'
import styles from './Settings.module.css'
import { TextSetting } from './TextSetting.tsx'
import { useSettingsChange } from './useSettings.ts'

/** Which codex is started, and whether Tapedeck was tested with it. */
export function CodexSection({ settings, status }: { settings: Settings; status: Result<'app/status'> }) {
  const id = useId()
  const client = useClient()
  const { problem, change } = useSettingsChange()
  const { path, version, message, isTested } = status.codex

  async function save(codex: string | null) {
    await change({ codex })
    await client.readStatus()
  }

  return (
    <Section id="codex" title="Codex">
      <Row
        name="The codex that is started"
        text={path === null ? 'None was found.' : <span className={styles.value}>{revealControls(path)}</span>}
        problem={message}
      >
        {version !== null && (
          <>
            <span className={styles.value}>{revealControls(version)}</span>
            {isTested ? <Tag tone="ok">Tested</Tag> : <Tag tone="warn">Not tested with this version</Tag>}
          </>
        )}
      </Row>
      <Row
        name="Use another one"
        text="The path of a codex. Without one Tapedeck takes what your login shell would start."
        controlId={id}
        problem={problem}
      >
        <TextSetting
          id={id}
          value={settings.codex}
          placeholder="/usr/local/bin/codex"
          isInvalid={message !== null && settings.codex !== null}
          onSave={(codex) => void save(codex)}
        />
      </Row>
    </Section>
  )
}
