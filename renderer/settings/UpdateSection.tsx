import type { Settings } from '../../contract/domain/settings.ts'
import type { Update } from '../../contract/domain/update.ts'
import { ActionButton } from '../account/parts.tsx'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import type { Client } from '../client/client.ts'
import { formatExact } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { Row, Section, SwitchRow, UnreadRow } from './Rows.tsx'
import { useCall, useReading, useSettingsChange } from './useSettings.ts'

const readUpdate = (client: Client) => client.readUpdate()

export function UpdateSection({ settings, version }: { settings: Settings; version: string }) {
  const { call } = useClient()
  const update = useAppState((state) => state.update?.value ?? null)
  const { problem, change } = useSettingsChange()
  const checking = useCall()
  const isSupported = update !== null && update.state !== 'unsupported'
  const next = update && nextStep(update)
  const reading = useReading(readUpdate)
  const failed = update?.state === 'failed' ? update.message : null
  return (
    <Section id="updates" title="Updates">
      <Row name={`Tapedeck ${version}`} text={update && describeUpdate(update)} problem={checking.problem ?? failed}>
        {next && (
          <ActionButton
            isBusy={checking.isBusy || update?.state === 'checking'}
            tone={next.method === 'update/check' ? undefined : 'primary'}
            onClick={() => void checking.run(() => call(next.method, {}))}
          >
            {next.label}
          </ActionButton>
        )}
      </Row>
      <UnreadRow what="Updates could not be checked" reading={reading} />
      {isSupported && (
        <SwitchRow
          name="Check for updates"
          text="At most once a day. Nothing is fetched before you say so."
          isOn={settings.checksForUpdates}
          problem={problem}
          onChange={(checksForUpdates) => void change({ checksForUpdates })}
        />
      )}
    </Section>
  )
}

type NextStep = { method: 'update/check' | 'update/download' | 'update/install'; label: string }

function nextStep(update: Update): NextStep | null {
  switch (update.state) {
    case 'unsupported':
    case 'downloading':
      return null
    case 'available':
    case 'declined':
      return { method: 'update/download', label: `Download ${update.version}` }
    case 'ready':
      return { method: 'update/install', label: 'Restart now' }
    case 'notChecked':
    case 'checking':
    case 'current':
      return { method: 'update/check', label: 'Check now' }
    case 'failed':
      return { method: 'update/check', label: 'Try again' }
  }
}

function describeUpdate(update: Update): string {
  switch (update.state) {
    case 'unsupported':
      return update.message
    case 'notChecked':
      return 'Not checked yet.'
    case 'checking':
      return 'Checking for updates.'
    case 'current':
      return `This is the newest, as of ${formatExact(update.checkedAt)}.`
    case 'available':
      return `${revealControls(update.version)} is available.`
    case 'declined':
      return `${revealControls(update.version)} is there; you skipped it.`
    case 'downloading':
      return `Fetching ${revealControls(update.version)}, ${update.percent} %.`
    case 'ready':
      return `${revealControls(update.version)} is ready. A codex that runs waits until Tapedeck is back.`
    case 'failed':
      return 'The last check failed.'
  }
}
