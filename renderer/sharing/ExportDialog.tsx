import { CircleCheck, Download, ShieldAlert, ShieldCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Result } from '../../contract/api.ts'
import type { ExportFormat } from '../../contract/domain/export.ts'
import { countMasked } from '../../contract/domain/maskedWords.ts'
import { useClient } from '../client/ClientProvider.tsx'
import { formatBytes } from '../ui/bytes.ts'
import { Button } from '../ui/Controls.tsx'
import { DialogBox } from '../ui/Dialog.tsx'
import form from '../ui/Form.module.css'
import { formatCount } from '../ui/formatting.ts'
import { Problem } from '../ui/Notices.tsx'
import { RadioCards } from '../ui/RadioCards.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { describeKind, groupMasked } from './describeMasked.ts'
import styles from './ExportDialog.module.css'
import { type SavedExport, saveExport } from './saveExport.ts'

interface ExportDialogProps {
  ids: string[]
  isOpen: boolean
  onClose(): void
}

const formats: [format: ExportFormat, name: string, meaning: string][] = [
  ['html', 'Web page', 'One file that anybody can read, print and search.'],
  ['markdown', 'Markdown', 'For an issue, a wiki or another model.'],
  ['jsonl', 'JSON lines', 'Sessions and turns, for a program.'],
  ['har', 'HAR', 'What went over the wire, for a browser’s network panel.'],
]

export function ExportDialog(props: ExportDialogProps) {
  const { ids, isOpen, onClose } = props
  return (
    <DialogBox
      isOpen={isOpen}
      onClose={onClose}
      title={ids.length === 1 ? 'Export this session' : `Export ${formatCount(ids.length, 'session')}`}
      size="wide"
    >
      {isOpen && <ExportForm {...props} />}
    </DialogBox>
  )
}

function ExportForm({ ids, onClose }: ExportDialogProps) {
  const client = useClient()
  const [format, setFormat] = useState<ExportFormat>('html')
  const [isMasked, setIsMasked] = useState(true)
  const [savedBytes, setSavedBytes] = useState<number | null>(null)
  const [saved, setSaved] = useState<SavedExport | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const preview = usePreview(ids, format)

  /** What was saved is no longer what is shown. */
  const change =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      setSaved(null)
      set(value)
    }

  async function save() {
    setProblem(null)
    setSaved(null)
    setSavedBytes(0)
    const outcome = await saveExport(client, { ids, format, isMasked }, setSavedBytes)
    setSavedBytes(null)
    if (outcome === null) return
    if ('saved' in outcome) setSaved(outcome.saved)
    else setProblem(outcome.problem)
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <RadioCards label="Format" value={format} options={formats} onChange={change(setFormat)} />
      <label className={styles.mask}>
        <input type="checkbox" checked={isMasked} onChange={(event) => change(setIsMasked)(event.target.checked)} />
        <span>
          Mask secrets and home folders
          <small>Keys, tokens, passwords, the account’s e-mail address, and the names in paths.</small>
        </span>
      </label>
      <MaskPreview preview={preview} isMasked={isMasked} />
      {problem !== null && <Problem title="It could not be exported">{problem}</Problem>}
      <div className={`${form.actions} ${styles.actions}`}>
        <span role="status">
          {savedBytes !== null && savedBytes > 0 && `${formatBytes(savedBytes)} written…`}
          {saved && <Saved saved={saved} isMasked={isMasked} />}
        </span>
        <Button onClick={onClose}>{saved ? 'Close' : 'Cancel'}</Button>
        <Button type="submit" tone="primary" disabled={savedBytes !== null}>
          <Download aria-hidden />
          {savedBytes !== null ? 'Saving…' : saved ? 'Save again' : 'Save'}
          {preview.state === 'ready' && savedBytes === null && ` · ${formatBytes(preview.value.bytes)}`}
        </Button>
      </div>
    </form>
  )
}

/** A browser puts it where downloads go; the desktop's own window asks where. */
function Saved({ saved: { fileName, folder, bytes, masked }, isMasked }: { saved: SavedExport; isMasked: boolean }) {
  const counted = countMasked(masked)
  return (
    <span className={styles.saved}>
      <CircleCheck aria-hidden />
      <span>
        <b>
          Saved {revealControls(fileName)} · {formatBytes(bytes)}
        </b>
        <small>
          {folder === null ? 'It is in the downloads of your browser. ' : `Saved to ${revealControls(folder)}. `}
          {isMasked ? (counted === '' ? 'Nothing had to be masked.' : `Masked: ${counted}.`) : 'Nothing was masked.'}
        </small>
      </span>
    </span>
  )
}

type Preview =
  | { state: 'loading' }
  | { state: 'ready'; value: Result<'session/previewExport'> }
  | { state: 'failed'; message: string }

/** What is masked depends on the format: what went over the wire says more than the conversation. */
function usePreview(ids: string[], format: ExportFormat): Preview {
  const client = useClient()
  const key = ids.join(' ')
  const [preview, setPreview] = useState<Preview>({ state: 'loading' })
  useEffect(() => {
    let isCurrent = true
    setPreview({ state: 'loading' })
    void client.call('session/previewExport', { ids: key.split(' '), format }).then((reply) => {
      if (!isCurrent) return
      setPreview(reply.ok ? { state: 'ready', value: reply.value } : { state: 'failed', message: reply.error.message })
    })
    return () => {
      isCurrent = false
    }
  }, [client, key, format])
  return preview
}

function MaskPreview({ preview, isMasked }: { preview: Preview; isMasked: boolean }) {
  if (preview.state === 'failed')
    return <Problem title="It could not be checked for secrets">{preview.message}</Problem>
  if (preview.state === 'loading') {
    return (
      <p className={styles.loading} role="status">
        Looking for secrets…
      </p>
    )
  }
  const groups = groupMasked(preview.value.masked)
  if (groups.length === 0) {
    return (
      <p className={styles.verdict}>
        <ShieldCheck aria-hidden />
        Nothing that looks like a secret was found in it.
      </p>
    )
  }
  return (
    <section className={styles.preview} aria-label={isMasked ? 'What is masked' : 'What stays in it'}>
      <p className={styles.verdict} data-tone={isMasked ? undefined : 'warn'} role="status">
        {isMasked ? <ShieldCheck aria-hidden /> : <ShieldAlert aria-hidden />}
        {isMasked ? 'This is masked:' : 'This stays in the file, for everyone to read who gets it:'}
      </p>
      <div className={styles.table}>
        <table>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">{isMasked ? 'Shown as' : 'Would be'}</th>
              <th scope="col">Where</th>
              <th scope="col">Times</th>
            </tr>
          </thead>
          <tbody>
            {groups.map(({ kind, shown, where, count }) => (
              <tr key={`${kind} ${shown}`}>
                <td>{describeKind(kind)}</td>
                <td>
                  <code>{revealControls(shown)}</code>
                </td>
                <td>{where}</td>
                <td>{count.toLocaleString('en')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.hint}>Only secrets of a known form are found. Look through it before you share it.</p>
    </section>
  )
}
