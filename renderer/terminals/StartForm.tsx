import { Folder } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Result } from '../../contract/api.ts'
import type { RecentFolder, Start, TerminalId } from '../../contract/domain/terminal.ts'
import { ActionButton } from '../account/parts.tsx'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { Button } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import form from '../ui/Form.module.css'
import { formatExact, formatRelative, shortenPath } from '../ui/formatting.ts'
import { Switch } from '../ui/Switch.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { matchFolders, stepFolder } from './chooseFolder.ts'
import styles from './StartForm.module.css'
import { TerminalProblem } from './TerminalProblem.tsx'
import { useOpenTerminal } from './useOpenTerminal.ts'
import { useRecentFolders } from './useRecentFolders.ts'

/** Asks for a folder, and starts codex there in a terminal of its own. */
export function StartForm({
  cwd,
  goneFolder = null,
  start,
  submit: submitText,
  onCancel,
  onOpened,
}: {
  /** What it begins with; else the folder of the settings, or the last one. */
  cwd: string | null
  /** With what it does not begin. */
  goneFolder?: string | null
  start: Start
  /** What its button says. */
  submit: string
  onCancel(): void
  onOpened(): void
}) {
  const id = useId()
  const opening = useOpenTerminal()
  const folders = useRecentFolders()
  const terminals = useTerminals()
  const [given, setGiven] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  const [terminal, setTerminal] = useState<TerminalId | null>(null)
  const [isMissing, setIsMissing] = useState(false)
  const isPaused = useAppState(({ recording }) => recording?.isPaused ?? false)
  const [isPrivate, setIsPrivate] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const preset = useAppState(({ settings }) => settings?.value.defaultFolder ?? null)
  const first = [cwd, preset, folders[0]?.path].find((path) => path != null && path !== goneFolder)
  const folder = given ?? first ?? ''
  const offered = matchFolders(folders, typed)

  // What it begins with is one keystroke from being replaced.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the folder to begin with is known
  useEffect(() => {
    if (given === null) field.current?.select()
  }, [folder])

  const { failure } = opening
  const isOfFolder = failure?.code === 'notFound' || failure?.code === 'badRequest'
  const folderProblem = isMissing ? 'Say in which folder Codex should work.' : isOfFolder ? failure.message : null
  useEffect(() => {
    if (isOfFolder) field.current?.focus()
  }, [isOfFolder])

  function choose(path: string) {
    setGiven(path)
    setIsMissing(false)
    opening.forget()
  }

  function onKeyDown(event: KeyboardEvent) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined
    const next = by && stepFolder(offered, folder, by)
    if (!by || !next) return
    event.preventDefault()
    choose(next)
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    setIsMissing(folder.trim() === '')
    if (folder.trim() === '') field.current?.focus()
    else if (await opening.open({ cwd: folder, start, isPrivate, ...(terminal !== null && { terminal }) })) {
      onOpened()
    }
  }

  return (
    <form className={form.form} onSubmit={(event) => void submit(event)} autoComplete="off">
      <label htmlFor={id} className={form.label}>
        Folder
      </label>
      <input
        ref={field}
        id={id}
        className={form.field}
        value={folder}
        onChange={(event) => {
          choose(event.target.value)
          setTyped(event.target.value)
        }}
        onKeyDown={onKeyDown}
        placeholder="~/src/project"
        role="combobox"
        aria-expanded={offered.length > 0}
        aria-controls={offered.length > 0 ? `${id}-list` : undefined}
        aria-activedescendant={offered.some(({ path }) => path === folder) ? `${id} ${folder}` : undefined}
        aria-invalid={folderProblem !== null || undefined}
        aria-describedby={folderProblem === null ? undefined : `${id}-wrong`}
        maxLength={4096}
        spellCheck={false}
        autoCapitalize="off"
      />
      {folderProblem !== null && (
        <p id={`${id}-wrong`} className={form.wrong} role="alert">
          {revealControls(folderProblem)}
        </p>
      )}
      {offered.length > 0 && (
        <div id={`${id}-list`} className={styles.folders} role="listbox" aria-label="Recent folders" tabIndex={-1}>
          {offered.map((each) => (
            <FolderRow
              key={each.path}
              id={`${id} ${each.path}`}
              folder={each}
              isChosen={each.path === folder}
              onChoose={() => choose(each.path)}
            />
          ))}
        </div>
      )}
      {folders.length > 0 && offered.length === 0 && (
        <p className={styles.none} role="status">
          No recent folder fits. Any folder will do: give its whole path.
        </p>
      )}
      {terminals && <TerminalChoice terminals={terminals} chosen={terminal} onChoose={setTerminal} />}
      {start.type === 'new' && (
        <Switch label="Private" isOn={isPrivate} onChange={setIsPrivate}>
          Codex works as always, and nothing of this session is kept.
          {isPaused ? '' : ' Other sessions go on being recorded.'}
        </Switch>
      )}
      {isPaused && !isPrivate && (
        <p className={form.hint}>Recording is paused: nothing of it is kept until you resume.</p>
      )}
      {failure && !isOfFolder && <TerminalProblem failure={failure} />}
      <div className={form.actions}>
        <Button onClick={onCancel}>Cancel</Button>
        <ActionButton type="submit" tone="primary" isBusy={opening.isBusy}>
          {terminals && !terminals.default ? 'Show the command' : submitText}
        </ActionButton>
      </div>
    </form>
  )
}

function FolderRow({
  id,
  folder,
  isChosen,
  onChoose,
}: {
  id: string
  folder: RecentFolder
  isChosen: boolean
  onChoose(): void
}) {
  const now = useNow(false)
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above keeps the focus and hears the keys
    <div
      ref={row}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      className={styles.row}
      title={revealControls(folder.path)}
      onClick={onChoose}
    >
      <Folder aria-hidden />
      <b>{revealControls(folder.name)}</b>
      <span>{revealControls(shortenPath(folder.path))}</span>
      <time title={formatExact(folder.lastUsedAt)}>{formatRelative(folder.lastUsedAt, now)}</time>
    </div>
  )
}

function TerminalChoice({
  terminals: { terminals, default: preset },
  chosen,
  onChoose,
}: {
  terminals: Result<'terminal/list'>
  chosen: TerminalId | null
  onChoose(id: TerminalId | null): void
}) {
  const id = useId()
  if (!preset) {
    return (
      <p className={styles.terminal}>No terminal was found on this computer. You get the command to run yourself.</p>
    )
  }
  const others = terminals.filter((terminal) => terminal.id !== preset.id)
  return (
    <div className={styles.terminal}>
      <label htmlFor={id} className={form.label}>
        Terminal
      </label>
      {others.length === 0 ? (
        <output id={id}>{revealControls(preset.name)}</output>
      ) : (
        <select
          id={id}
          value={chosen ?? ''}
          onChange={(event) => onChoose(event.target.value === '' ? null : (event.target.value as TerminalId))}
        >
          <option value="">{revealControls(preset.name)}</option>
          {others.map((terminal) => (
            <option key={terminal.id} value={terminal.id}>
              {terminal.name}
            </option>
          ))}
        </select>
      )}
      {chosen === null && <small>{preset.why}</small>}
    </div>
  )
}

/** Asked for when somebody is about to choose one. */
function useTerminals(): Result<'terminal/list'> | null {
  const client = useClient()
  const [terminals, setTerminals] = useState<Result<'terminal/list'> | null>(null)
  useEffect(() => {
    let isGone = false
    void client.call('terminal/list', {}).then((reply) => reply.ok && !isGone && setTerminals(reply.value))
    return () => {
      isGone = true
    }
  }, [client])
  return terminals
}
