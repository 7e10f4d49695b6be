import { Button, Keys } from '../ui/Controls.tsx'
import { DialogBox } from '../ui/Dialog.tsx'
import styles from './ShortcutMap.module.css'
import { shortcutGroups } from './shortcutGroups.ts'

export function ShortcutMap({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  return (
    <DialogBox
      isOpen={isOpen}
      onClose={onClose}
      title="Keyboard shortcuts"
      size="widest"
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <div className={styles.columns}>
        {shortcutGroups.map(({ title, rows }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {rows.map(([what, keys]) => (
                <div key={what}>
                  <dt>
                    {keys.map((key) => (
                      <Keys key={key} keys={key} />
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </DialogBox>
  )
}
