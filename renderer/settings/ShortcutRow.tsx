import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Host } from '../../contract/domain/host.ts'
import type { Settings } from '../../contract/domain/settings.ts'
import { useClient } from '../client/ClientProvider.tsx'
import { Button } from '../ui/Controls.tsx'
import { keyboard, nameModifiers, nameShortcut } from './nameShortcut.ts'
import { Row } from './Rows.tsx'
import { readPressed } from './readPressed.ts'
import styles from './Settings.module.css'
import { useSettingsChange } from './useSettings.ts'

const everywhere =
  keyboard === 'other'
    ? 'Works in every application. Where Wayland keeps it back, let your desktop run tapedeck-desktop by keys of its own.'
    : 'Works in every application.'

/** The keys that open the window from everywhere. They are pressed to be chosen; what the system refuses changes nothing. */
export function ShortcutRow({ settings: { globalShortcut: wanted }, host }: { settings: Settings; host: Host }) {
  const hintId = useId()
  const client = useClient()
  const { problem, change } = useSettingsChange()
  const [isChoosing, setIsChoosing] = useState(false)
  const [isSettling, setIsSettling] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const changeButton = useRef<HTMLButtonElement>(null)
  const keys = wanted === 'default' ? host.defaultShortcut : wanted
  const isMissing = keys !== null && host.globalShortcut !== keys && !isSettling

  async function save(globalShortcut: Settings['globalShortcut']) {
    setRefusal(null)
    setIsSettling(true)
    await change({ globalShortcut })
    await client.readStatus()
    setIsSettling(false)
  }

  /** Back to where it began, so that who works by keyboard is not lost. */
  function stopChoosing() {
    setIsChoosing(false)
    requestAnimationFrame(() => changeButton.current?.focus())
  }

  const notGranted = 'The system does not grant these keys, so they do nothing now. Choose others.'
  return (
    <Row
      name="Open Tapedeck from everywhere"
      text={isChoosing ? <span id={hintId}>Press all the keys together. Escape cancels.</span> : everywhere}
      problem={refusal ?? problem ?? (isMissing ? notGranted : null)}
    >
      {isChoosing ? (
        <>
          <KeysField
            hintId={hintId}
            onPressed={(pressed) => {
              stopChoosing()
              void save(pressed)
            }}
            onRefused={setRefusal}
            onGivenUp={stopChoosing}
            onLeft={() => setIsChoosing(false)}
          />
          <Button onClick={stopChoosing}>Cancel</Button>
        </>
      ) : (
        <>
          {keys === null ? (
            <span className={styles.unit}>None</span>
          ) : (
            <kbd className={styles.value}>{nameShortcut(keys, keyboard)}</kbd>
          )}
          <Button
            ref={changeButton}
            onClick={() => {
              setRefusal(null)
              setIsChoosing(true)
            }}
          >
            {keys === null ? 'Choose keys' : 'Change keys'}
          </Button>
          {keys !== null && (
            <Button
              onClick={() => {
                changeButton.current?.focus()
                void save(null)
              }}
            >
              Remove keys
            </Button>
          )}
          {wanted !== 'default' && host.defaultShortcut !== null && (
            <Button
              onClick={() => {
                changeButton.current?.focus()
                void save('default')
              }}
            >
              Use the default
            </Button>
          )}
        </>
      )}
    </Row>
  )
}

/** Takes the keys that are pressed together in it. */
function KeysField({
  hintId,
  onPressed,
  onRefused,
  onGivenUp,
  onLeft,
}: {
  hintId: string
  onPressed(keys: string): void
  onRefused(why: string): void
  onGivenUp(): void
  onLeft(): void
}) {
  const field = useRef<HTMLInputElement>(null)
  const [held, setHeld] = useState('')
  useEffect(() => field.current?.focus(), [])

  function onKeyDown(event: KeyboardEvent) {
    const pressed = readPressed(pressOf(event), keyboard)
    if (pressed.is === 'leave') return
    // Nobody else is to hear them, the window least of all.
    event.preventDefault()
    event.stopPropagation()
    switch (pressed.is) {
      case 'giveUp':
        return onGivenUp()
      case 'held':
        return setHeld(nameModifiers(pressed.modifiers, keyboard))
      case 'refused':
        return onRefused(pressed.why)
      case 'shortcut':
        return onPressed(pressed.keys)
    }
  }

  function onKeyUp(event: KeyboardEvent) {
    const left = readPressed({ ...pressOf(event), repeat: true }, keyboard)
    setHeld(left.is === 'held' ? nameModifiers(left.modifiers, keyboard) : '')
  }

  return (
    <input
      ref={field}
      className={styles.keys}
      value={held}
      readOnly
      aria-label="New keys"
      aria-describedby={hintId}
      placeholder="Press the keys"
      onKeyDown={onKeyDown}
      onKeyUp={onKeyUp}
      onBlur={({ relatedTarget }) => {
        // A click on Cancel is one.
        if (!(relatedTarget instanceof HTMLElement && relatedTarget.parentElement === field.current?.parentElement)) {
          onLeft()
        }
      }}
    />
  )
}

function pressOf(event: KeyboardEvent) {
  const { key, code, ctrlKey, altKey, shiftKey, metaKey, repeat } = event
  return { key, code, ctrlKey, altKey, shiftKey, metaKey, repeat, isAltGr: event.getModifierState('AltGraph') }
}
