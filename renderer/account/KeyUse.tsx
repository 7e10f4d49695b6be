import type { ApiKey } from '../../contract/domain/account.ts'
import type { Settings } from '../../contract/domain/settings.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { Problem } from '../ui/Notices.tsx'
import { Switch } from '../ui/Switch.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './ApiKeyCard.module.css'
import { useAction } from './useAction.ts'

/** When the key steps in beside its usual place, behind codex's own login. */
export function KeyUse({ apiKey }: { apiKey: ApiKey }) {
  const client = useClient()
  const settings = useAppState((state) => state.settings?.value ?? null)
  const { isBusy, problem, run } = useAction()
  if (!settings) return null
  const change = (wanted: Partial<Settings>) => void run(() => client.call('settings/change', wanted))
  const hasKey = apiKey.state === 'stored' || apiKey.state === 'inMemory'
  return (
    <div className={styles.uses}>
      <Switch
        label="Go on at the plan’s limit"
        isOn={settings.usesKeyAtLimit}
        isDisabled={isBusy}
        onChange={(usesKeyAtLimit) => change({ usesKeyAtLimit })}
      >
        When the plan has reached its limit, the key pays for the rest of the conversation.
      </Switch>
      <Switch
        label="Always use the key"
        isOn={settings.usesKeyAlways}
        isDisabled={isBusy}
        onChange={(usesKeyAlways) => change({ usesKeyAlways })}
      >
        For every new session, also while Codex is signed in. Codex lists these sessions apart when it resumes.
      </Switch>
      {!hasKey && (settings.usesKeyAtLimit || settings.usesKeyAlways) && (
        <p className={styles.soft}>Takes effect as soon as there is a key.</p>
      )}
      {problem !== null && <Problem title="This could not be saved">{revealControls(problem)}</Problem>}
    </div>
  )
}
