import { useEffect, useRef, useState } from 'react'
import { useAppState } from '../client/ClientProvider.tsx'
import type { Client } from '../client/client.ts'
import { HintBar, hintsEverywhere } from '../ui/HintBar.tsx'
import { AppearanceSection } from './AppearanceSection.tsx'
import { CodexSection } from './CodexSection.tsx'
import { DiagnosticsSection } from './DiagnosticsSection.tsx'
import { LicencesSection } from './LicencesSection.tsx'
import { RecordingSection } from './RecordingSection.tsx'
import { UnreadRow } from './Rows.tsx'
import { SessionsSection } from './SessionsSection.tsx'
import styles from './Settings.module.css'
import { SystemSection } from './SystemSection.tsx'
import { UpdateSection } from './UpdateSection.tsx'
import { type Reading, useReading } from './useSettings.ts'

const readStatus = (client: Client) => client.readStatus()
const readSettings = (client: Client) => client.readSettings()

const sections = [
  ['codex', 'Codex'],
  ['sessions', 'New sessions'],
  ['recording', 'Recording'],
  ['appearance', 'Appearance'],
  ['computer', 'This computer'],
  ['updates', 'Updates'],
  ['diagnostics', 'Diagnostics'],
  ['licences', 'Licences'],
] as const

/** Everything that its user decides, on one page. */
export function SettingsPage({ onShortcuts }: { onShortcuts(): void }) {
  const settings = useAppState((state) => state.settings?.value ?? null)
  const status = useAppState((state) => state.status)
  const scroll = useRef<HTMLDivElement>(null)
  const current = useSectionInSight(scroll)
  // What was found when the page was opened may have changed since: a codex that was installed, a port.
  const found = useReading(readStatus)
  const decided = useReading(readSettings)

  function goTo(id: string) {
    const section = scroll.current?.querySelector<HTMLElement>(`#${id}`)
    section?.scrollIntoView({ block: 'start' })
    section?.focus({ preventScroll: true })
  }

  return (
    <>
      <header className={styles.head}>
        <h1>Settings</h1>
      </header>
      <div className={styles.scroll} ref={scroll}>
        <div className={styles.columns}>
          <nav className={styles.contents} aria-label="Settings">
            {sections.map(([id, title]) => (
              <button
                key={id}
                type="button"
                aria-current={current === id ? 'true' : undefined}
                onClick={() => goTo(id)}
              >
                {title}
              </button>
            ))}
          </nav>
          <div className={styles.sections}>
            <UnreadPart what="The settings could not be read" reading={decided} />
            <UnreadPart what="The settings of this computer could not be read" reading={found} />
            {settings && status && (
              <>
                <CodexSection settings={settings} status={status} />
                <SessionsSection settings={settings} />
                <RecordingSection />
                <AppearanceSection settings={settings} host={status.host} onShortcuts={onShortcuts} />
                <SystemSection settings={settings} status={status} />
                <UpdateSection settings={settings} version={status.version} />
                <DiagnosticsSection version={status.version} />
                <LicencesSection />
              </>
            )}
          </div>
        </div>
      </div>
      <HintBar hints={hintsEverywhere} />
    </>
  )
}

/** Of more than one row: then what is known still stands below it, as it was. */
function UnreadPart({ what, reading }: { what: string; reading: Reading<unknown> }) {
  if (reading.problem === null) return null
  return (
    <div className={styles.unread}>
      <UnreadRow what={what} reading={reading} />
    </div>
  )
}

/** The section whose beginning was scrolled past last. */
function useSectionInSight(scroll: { current: HTMLElement | null }): string {
  const [current, setCurrent] = useState<string>(sections[0][0])
  useEffect(() => {
    const box = scroll.current
    if (!box) return
    function look() {
      const top = (box as HTMLElement).getBoundingClientRect().top + 80
      const passed = sections.filter(([id]) => {
        const section = (box as HTMLElement).querySelector(`#${id}`)
        return section !== null && section.getBoundingClientRect().top <= top
      })
      setCurrent(passed.at(-1)?.[0] ?? sections[0][0])
    }
    box.addEventListener('scroll', look, { passive: true })
    return () => box.removeEventListener('scroll', look)
  }, [scroll])
  return current
}
