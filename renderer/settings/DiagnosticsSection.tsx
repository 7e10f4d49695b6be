import { Check, CircleAlert, CircleX, Copy } from 'lucide-react'
import { useState } from 'react'
import type { Finding } from '../../contract/domain/finding.ts'
import { ActionButton } from '../account/parts.tsx'
import { useClient } from '../client/ClientProvider.tsx'
import { Button, Hidden } from '../ui/Controls.tsx'
import { formatCount } from '../ui/formatting.ts'
import { useCopy } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { withCode } from '../ui/withCode.ts'
import { Row, Section } from './Rows.tsx'
import styles from './Settings.module.css'
import { useCall } from './useSettings.ts'

const icons = { ok: Check, warn: CircleAlert, fail: CircleX }
const words = { ok: 'OK', warn: 'note', fail: 'problem' }

/** What `tapedeck doctor` says, on the page. */
export function DiagnosticsSection({ version }: { version: string }) {
  const { call } = useClient()
  const { problem, isBusy, run } = useCall()
  const { isCopied, copy } = useCopy()
  const [findings, setFindings] = useState<Finding[] | null>(null)
  async function check() {
    const answer = await run(() => call('app/doctor', {}))
    if (answer) setFindings(answer.findings)
  }
  return (
    <Section id="diagnostics" title="Diagnostics">
      <Row
        name="Check what recording needs"
        text={findings ? describeFindings(findings) : 'Checks this computer, codex, its sign-in and the way to OpenAI.'}
        problem={problem && `The checks could not be made. ${problem}`}
        below={
          findings && (
            <ul className={styles.findings} aria-label="Findings">
              {findings.map((finding, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: three upstreams may be one host, and the list is made anew as a whole
                <FindingRow key={at} finding={finding} />
              ))}
            </ul>
          )
        }
      >
        {findings && (
          <Button onClick={() => copy(printReport(version, findings))}>
            {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
            {isCopied ? 'Copied' : 'Copy report'}
          </Button>
        )}
        <ActionButton isBusy={isBusy} onClick={() => void check()}>
          {problem !== null ? 'Try again' : findings ? 'Check again' : 'Check now'}
        </ActionButton>
      </Row>
    </Section>
  )
}

function FindingRow({ finding: { check, verdict, message } }: { finding: Finding }) {
  const Icon = icons[verdict]
  return (
    <li className={styles.finding} data-verdict={verdict}>
      <Icon aria-hidden />
      <b>
        {revealControls(check)}
        <Hidden>, {words[verdict]}: </Hidden>
      </b>
      <span>{withCode(revealControls(message))}</span>
    </li>
  )
}

function describeFindings(findings: Finding[]): string {
  const count = (wanted: Finding['verdict']) => findings.filter(({ verdict }) => verdict === wanted).length
  const [failed, warned] = [count('fail'), count('warn')]
  if (failed + warned === 0) return 'No problems found.'
  const parts = [failed > 0 && formatCount(failed, 'problem'), warned > 0 && formatCount(warned, 'note')].filter(
    (part) => part !== false,
  )
  return `${parts.join(', ')}.`
}

const marks = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' }

function printReport(version: string, findings: Finding[]): string {
  const lines = findings.map(({ check, verdict, message }) => `${marks[verdict]}  ${check}: ${message}`)
  return [`Tapedeck ${version}`, ...lines].join('\n')
}
