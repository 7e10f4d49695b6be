import { useId } from 'react'
import type { Result } from '../../contract/api.ts'
import type { Settings } from '../../contract/domain/settings.ts'
import { Instructions } from '../account/Instructions.tsx'
import { ActionButton, Tag } from '../account/parts.tsx'
import { useClient } from '../client/ClientProvider.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { Row, Section } from './Rows.tsx'
import styles from './Settings.module.css'
import { TextSetting } from './TextSetting.tsx'
import { useCall, useSettingsChange } from './useSettings.ts'

/** Which codex is started, and whether Tapedeck was tested with it. */
export function CodexSection({ settings, status }: { settings: Settings; status: Result<'app/status'> }) {
  const id = useId()
  const client = useClient()
  const { problem, change } = useSettingsChange()
  const looking = useCall()
  const { path, version, message, isTested, isFromEnvironment } = status.codex

  async function save(codex: string | null) {
    await change({ codex })
    await client.readStatus()
  }

  return (
    <Section id="codex" title="Codex">
      <Row
        name="Codex in use"
        text={
          path === null ? (
            <span className={styles.wrong}>None was found.</span>
          ) : (
            <>
              <span className={styles.value}>{revealControls(path)}</span>
              {!isTested && (
                <>
                  <br />
                  Tapedeck was tested with another version. What it does not know yet is kept and shown as it came.
                </>
              )}
            </>
          )
        }
        below={
          message !== null && (
            <div role="alert">
              <Instructions text={message} title="Codex was not found" />
            </div>
          )
        }
      >
        {path === null && (
          <ActionButton isBusy={looking.isBusy} onClick={() => void looking.run(() => client.readAccount(true))}>
            Look again
          </ActionButton>
        )}
        {version !== null && (
          <>
            <span className={styles.value}>{revealControls(version)}</span>
            {isTested ? <Tag tone="ok">Tested</Tag> : <Tag tone="warn">Not tested</Tag>}
          </>
        )}
      </Row>
      <Row
        name="Use another codex"
        text={
          isFromEnvironment
            ? 'Set by TAPEDECK_CODEX, which comes before what is chosen here. Start Tapedeck without it to choose another one.'
            : 'The path of a codex. Without one Tapedeck takes what your login shell would start.'
        }
        controlId={id}
        problem={problem}
      >
        <TextSetting
          id={id}
          value={isFromEnvironment ? path : settings.codex}
          placeholder={isFromEnvironment ? '' : '/usr/local/bin/codex'}
          isFixed={isFromEnvironment}
          isInvalid={message !== null && settings.codex !== null}
          onSave={(codex) => void save(codex)}
        />
      </Row>
    </Section>
  )
}
