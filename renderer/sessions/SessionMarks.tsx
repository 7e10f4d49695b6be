import { NotebookPen, Plus, Star, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Session } from '../../contract/domain/session.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import type { SessionMarks as Marks } from '../client/sessionChanges.ts'
import { IconButton, nameKeys, Tip } from '../ui/Controls.tsx'
import { useReturnedFocus } from '../ui/focusReturn.ts'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { beginEditing, endEditing, useIsEditing } from './editing.ts'
import { readTags } from './readTags.ts'
import styles from './SessionMarks.module.css'

export function StarButton({ session }: { session: Session }) {
  const client = useClient()
  const toggle = () => void client.markSession(session.id, { isStarred: !session.isStarred })
  useShortcuts({
    s: () => {
      toggle()
      return undefined
    },
  })
  return (
    <IconButton
      label={session.isStarred ? 'Starred: retention leaves it alone' : 'Star'}
      keys="s"
      icon={Star}
      className={styles.star}
      aria-pressed={session.isStarred}
      onClick={toggle}
    />
  )
}

/** Tags and a note: the user's own words about a session, which stay whatever is derived again. */
export function SessionMarks({ session }: { session: Session }) {
  const client = useClient()
  const { id } = session
  const isTagging = useIsEditing(id, 'tag')
  const isNoting = useIsEditing(id, 'note')
  const [problem, setProblem] = useState<string | null>(null)
  const tagButton = useRef<HTMLButtonElement>(null)
  const noteButton = useRef<HTMLButtonElement>(null)
  useReturnedFocus(isTagging, () => tagButton.current)
  useReturnedFocus(isNoting, () => noteButton.current)
  useShortcuts({
    '#': () => {
      beginEditing(id, 'tag')
      return undefined
    },
    a: () => {
      beginEditing(id, 'note')
      return undefined
    },
  })

  async function mark(marks: Marks) {
    const reply = await client.markSession(session.id, marks)
    setProblem(reply.ok ? null : reply.error.message)
  }

  // Where there is little room, the menu is enough to begin with.
  const isBare = session.tags.length === 0 && session.note === '' && !isTagging && !isNoting && problem === null
  return (
    <div className={styles.marks} data-bare={isBare || undefined}>
      <ul className={styles.tags} aria-label="Tags">
        {session.tags.map((tag) => (
          <li key={tag} className={styles.tag}>
            <span dir="auto">#{revealControls(tag)}</span>
            <button
              type="button"
              aria-label={`Remove the tag ${revealControls(tag)}`}
              onClick={() => void mark({ tags: session.tags.filter((each) => each !== tag) })}
            >
              <X aria-hidden />
            </button>
          </li>
        ))}
        <li>
          {isTagging ? (
            <TagField
              taken={session.tags}
              onDone={(tags) => {
                endEditing(id, 'tag')
                if (tags.length > 0) void mark({ tags: [...new Set([...session.tags, ...tags])] })
              }}
            />
          ) : (
            <Tip label="Add a tag" keys="#">
              <button ref={tagButton} type="button" className={styles.add} onClick={() => beginEditing(id, 'tag')}>
                <Plus aria-hidden />
                Tag
              </button>
            </Tip>
          )}
        </li>
        {session.note === '' && !isNoting && (
          <li>
            <Tip label="Add a note" keys="a">
              <button ref={noteButton} type="button" className={styles.add} onClick={() => beginEditing(id, 'note')}>
                <NotebookPen aria-hidden />
                Note
              </button>
            </Tip>
          </li>
        )}
      </ul>
      {isNoting ? (
        <NoteField
          note={session.note}
          onDone={(note) => {
            endEditing(id, 'note')
            if (note !== session.note) void mark({ note })
          }}
        />
      ) : (
        session.note !== '' && (
          <Tip label="Change the note" keys="a">
            <button ref={noteButton} type="button" className={styles.note} onClick={() => beginEditing(id, 'note')}>
              <NotebookPen aria-hidden />
              <span dir="auto">{revealControls(session.note)}</span>
            </button>
          </Tip>
        )
      )}
      {problem !== null && (
        <Problem title="It could not be saved" onDismiss={() => setProblem(null)}>
          {problem}
        </Problem>
      )}
    </div>
  )
}

/** Enter and leaving add what was typed, several at commas; Escape nothing. Tags of other sessions are offered. */
export function TagField({ taken, onDone }: { taken: readonly string[]; onDone(tags: string[]): void }) {
  const list = useId()
  const isOver = useRef(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const sessions = useAppState((state) => state.sessions)
  const known = [...new Set(Object.values(sessions).flatMap(({ tags }) => tags))].filter((tag) => !taken.includes(tag))

  function finish(typed: string) {
    if (isOver.current) return
    isOver.current = true
    onDone(readTags(typed))
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') finish(event.currentTarget.value)
    else if (event.key === 'Escape') finish('')
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <>
      <input
        className={styles.tagField}
        ref={field}
        aria-label="New tag"
        list={list}
        maxLength={200}
        spellCheck={false}
        onKeyDown={onKeyDown}
        onBlur={(event) => finish(event.target.value)}
      />
      <datalist id={list}>
        {known.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
    </>
  )
}

function NoteField({ note, onDone }: { note: string; onDone(note: string): void }) {
  const isOver = useRef(false)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])

  function finish(text: string) {
    if (isOver.current) return
    isOver.current = true
    onDone(text.trim())
  }

  return (
    <textarea
      className={styles.noteField}
      ref={field}
      aria-label="Note"
      placeholder={`A note to yourself. ${nameKeys('mod+')}Enter saves it, Escape discards the change.`}
      defaultValue={note}
      maxLength={4000}
      rows={3}
      dir="auto"
      onBlur={(event) => finish(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') finish(note)
        else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) finish(event.currentTarget.value)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    />
  )
}
