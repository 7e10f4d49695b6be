import { places } from './places.ts'

/** Every key that does something, by where it does. Names are those of `useShortcuts`, with arrows and Enter as signs; `g l` is one after the other. */
export const shortcutGroups: { title: string; rows: [what: string, keys: string[]][] }[] = [
  {
    title: 'Everywhere',
    rows: [
      ['Search, or do something', ['mod+k', '/']],
      ['Filter the sessions', ['f']],
      ['New session', ['c']],
      ['Usage', ['u']],
      ['Settings', ['mod+,']],
      ['Undo a deletion', ['z']],
      ['This map', ['?']],
      ['Close a dialog or menu', ['Esc']],
    ],
  },
  {
    title: 'Search and filter',
    rows: [
      ['Choose', ['↑', '↓']],
      ['Open it, or run it', ['↵']],
      ['Complete', ['⇥']],
      ['Remove the last filter', ['⌫']],
      ['Back to the list', ['Esc']],
    ],
  },
  {
    title: 'List',
    rows: [
      ['Next, previous session', ['j', 'k', '↓', '↑']],
      ['Into the conversation', ['↵']],
      ['Choose it, or not', ['x']],
      ['Choose on', ['⇧ ↓', '⇧ ↑']],
      ['Menu of the session', ['m']],
      ['Star, tag, export them', ['s', '#', 'mod+e']],
      ['Choose none', ['Esc']],
      ['Delete', ['Delete', 'mod+⌫']],
    ],
  },
  {
    title: 'Conversation',
    rows: [
      ['Next, previous item', ['j', 'k']],
      ['Next, previous turn', ['n', 'p']],
      ['Expand or fold', ['e']],
      ['Open a sub-agent’s work', ['↵']],
      ['Find in it', ['/', 'mod+f']],
      ['Next, previous hit', ['↵', '⇧ ↵']],
      ['Copy a link to the item', ['y']],
      ['Menu of the item', ['m']],
      ['Inspector', ['mod+i', 'i']],
      ['Into the inspector', ['⇧ i']],
      ['Star', ['s']],
      ['Tag', ['#']],
      ['Note', ['a']],
      ['Keep the note', ['mod+↵']],
      ['Rename', ['F2']],
      ['Export', ['mod+e']],
      ['Unmark a hit, back to the list', ['Esc']],
      ['Top', ['Home']],
      ['Jump to latest', ['End']],
    ],
  },
  {
    title: 'Live',
    rows: [
      ['Next, previous session', ['j', 'k']],
      ['Open it', ['↵']],
    ],
  },
  {
    title: 'Usage',
    rows: [
      ['Charts or numbers', ['t']],
      ['Another day of the chart', ['←', '→']],
      ['The sessions of that day', ['↵']],
      ['Let go of the day, then of what is chosen', ['Esc']],
    ],
  },
  {
    title: 'Account',
    rows: [
      ['Charts or numbers', ['t']],
      ['Another time of a chart', ['←', '→']],
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
  {
    title: 'Picture',
    rows: [
      ['Larger, smaller', ['+', '-']],
      ['At its size, or fit to the window', ['0']],
      ['Next, previous picture', ['→', '←']],
    ],
  },
  { title: 'Go to', rows: places.map(({ key, name }) => [name, [`g ${key}`]]) },
]
