import { useEffect, useId, useRef, useState } from 'react'
import { Keys } from '../ui/Controls.tsx'
import { finish } from '../ui/closedTips.ts'
import { nameKey } from '../ui/nameKey.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import styles from './PlaceKeys.module.css'
import { places } from './places.ts'
import { goTo } from './route.ts'

/** After `g` the next key leads to a page; which ones do is shown until it is pressed. Any other key or a press lets go. */
export function PlaceKeys() {
  const [isAsking, setIsAsking] = useState(false)
  const id = useId()
  const latest = useRef(isAsking)
  latest.current = isAsking
  useShortcuts({
    g: () => {
      setIsAsking(true)
      return undefined
    },
  })
  useEffect(() => {
    // From the begin on, so that it is asked before all others: the second key is for it alone.
    function onKeyDown(event: KeyboardEvent) {
      if (!latest.current || modifiers.has(event.key)) return
      setIsAsking(false)
      if (event.metaKey || event.ctrlKey || event.altKey) return
      finish(event)
      event.stopImmediatePropagation()
      const place = places.find(({ key }) => key === nameKey(event))
      if (place) goTo(place.route)
    }
    const letGo = () => setIsAsking(false)
    window.addEventListener('keydown', onKeyDown, { capture: true })
    window.addEventListener('pointerdown', letGo)
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true })
      window.removeEventListener('pointerdown', letGo)
    }
  }, [])
  return (
    <div className={styles.place} role="status">
      {isAsking && (
        <div className={styles.bar}>
          <span id={id}>Go to</span>
          <dl aria-labelledby={id}>
            {places.map(({ key, name }) => (
              <div key={key}>
                <dt>
                  <Keys keys={key} />
                </dt>
                <dd>{name}</dd>
              </div>
            ))}
            <div className={styles.out}>
              <dt>
                <Keys keys="Esc" />
              </dt>
              <dd>stay</dd>
            </div>
          </dl>
        </div>
      )}
    </div>
  )
}

const modifiers = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock'])
