import { Keys } from '../ui/Controls.tsx'
import { DialogBox } from '../ui/Dialog.tsx'
import styles from './ShortcutMap.module.css'

const groups: { title: string; rows: [what: string, keys: string[]][] }[] = [
  {
    title: 'Everywhere',
    rows: [
      ['Search', ['mod+k', '/']],
      ['New session', ['c']],
      ['This map', ['?']],
      ['Close what floats', ['Esc']],
    ],
  },
  {
    title: 'List',
    rows: [
      ['Next, previous session', ['j', 'k']],
      ['Into the conversation', ['↵']],
      ['Filter', ['f']],
      ['Choose several', ['x']],
      ['Undo a deletion', ['z']],
    ],
  },
  {
    title: 'Conversation',
    rows: [
      ['Next, previous item', ['j', 'k']],
      ['Next, previous turn', ['n', 'p']],
      ['Expand or fold', ['e']],
      ['Find in it', ['/', 'mod+f']],
      ['Copy a link to the item', ['y']],
      ['Inspector', ['mod+i', 'i']],
      ['Star', ['s']],
      ['Export', ['mod+e']],
      ['Back to the list', ['Esc']],
      ['Top', ['Home']],
      ['Jump to latest', ['End']],
    ],
  },
  {
    title: 'Inspector',
    rows: [
      ['Previous, next request', ['[', ']']],
      ['Numbers of a chart', ['t']],
      ['Walk and fold a tree', ['↑', '↓', '←', '→']],
      ['Copy a value', ['c']],
      ['Back to the conversation', ['Esc']],
    ],
  },
]

export function ShortcutMap({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  return (
    <DialogBox isOpen={isOpen} onClose={onClose} title="Keyboard shortcuts" size="wide">
      <div className={styles.columns}>
        {groups.map(({ title, rows }) => (
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
