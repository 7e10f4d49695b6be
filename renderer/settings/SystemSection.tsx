import { Check, Copy } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import type { Result } from '../../contract/api.ts'
import type { Settings } from '../../contract/domain/settings.ts'
import { useClient } from '../client/ClientProvider.tsx'
import { Button } from '../ui/Controls.tsx'
import { useCopy } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { Row, Section, SwitchRow } from './Rows.tsx'
import styles from './Settings.module.css'
import { TextSetting } from './TextSetting.tsx'
import { useCall, useSettingsChange } from './useSettings.ts'

/** How Tapedeck lives on this computer. */
export function SystemSection({ settings, status }: { settings: Settings; status: Result<'app/status'> }) {
  const client = useClient()
  const { problem, change } = useSettingsChange()
  /** The switch shows what the system says afterwards, whether it took the wish or not. */
  async function startAtLogin(startsAtLogin: boolean) {
    await change({ startsAtLogin })
    await client.readStatus()
  }
  return (
    <Section id="computer" title="This computer">
      {status.host.kind === 'desktop' && (
        <>
          <SwitchRow
            name="Start at login"
            text="In the tray, without its window."
            isOn={status.host.startsAtLogin}
            problem={problem}
            onChange={(isWanted) => void startAtLogin(isWanted)}
          />
          <SwitchRow
            name="Notifications"
            text="When a turn ends while the window is hidden, when codex waits for you, when you have to sign in again, and when a limit is near."
            isOn={settings.showsNotifications}
            onChange={(showsNotifications) => void change({ showsNotifications })}
          />
        </>
      )}
      <DataFolderRow path={status.dataDir} />
      <PortRow settings={settings} port={status.proxy.port} />
    </Section>
  )
}

function DataFolderRow({ path }: { path: string }) {
  const { call } = useClient()
  const { problem, run } = useCall()
  const { isCopied, copy } = useCopy()
  return (
    <Row
      name="Data folder"
      text={
        <>
          <span className={styles.value}>{revealControls(path)}</span>
          <br />A prices.json in it corrects the prices. TAPEDECK_HOME names another folder.
        </>
      }
      problem={problem}
    >
      <Button onClick={() => copy(path)}>
        {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
        {isCopied ? 'Copied' : 'Copy path'}
      </Button>
      <Button onClick={() => void run(() => call('folder/open', { folder: 'data' }))}>Open folder</Button>
    </Row>
  )
}

function PortRow({ settings: { proxyPort }, port }: { settings: Settings; port: number }) {
  const id = useId()
  const { problem, change } = useSettingsChange()
  const [refusal, setRefusal] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was refused is over when another one is set
  useEffect(() => setRefusal(null), [proxyPort])

  function save(text: string | null) {
    const wanted = text === null ? null : Number(text)
    if (wanted !== null && !(Number.isInteger(wanted) && wanted >= 1024 && wanted <= 65_535)) {
      setRefusal('Give a number from 1024 to 65535.')
      return
    }
    void change({ proxyPort: wanted })
  }

  return (
    <Row name="Port of the proxy" text={describePort(proxyPort, port)} controlId={id} problem={refusal ?? problem}>
      <TextSetting
        id={id}
        value={proxyPort === null ? null : String(proxyPort)}
        placeholder={String(port)}
        isInvalid={refusal !== null}
        onSave={save}
      />
    </Row>
  )
}

function describePort(wanted: number | null, port: number): string {
  if (wanted === null) return `Now ${port}, and the same at the next start if it is free.`
  if (wanted === port) return `Now ${port}.`
  return `Now ${port}. ${wanted} is taken at the next start, if it is free then; sessions that run wait at the old one.`
}
