import { places } from './places.ts'

/** Every key that does something, by where it does. Names are those of `useShortcuts`, with arrows and Enter as signs; `g l` is one after the other. */
export const shortcutGroups: { title: string; rows: [what: string, keys: string[]][] }[] = [
  {
    title: 'Everywhere',
    rows: [
      ['Search and commands', ['mod+k', '/']],
      ['Filter the sessions', ['f']],
      ['New session', ['c']],
      ['Usage', ['u']],
      ['Settings', ['mod+,']],
      ['Undo a deletion', ['z']],
      ['Keyboard shortcuts', ['?']],
      ['Close a dialog or menu', ['Esc']],
    ],
  },
  {
    title: 'Search and filter',
    rows: [
      ['Move', ['↑', '↓']],
      ['Open or run', ['↵']],
      ['Complete', ['⇥']],
      ['Remove the last filter', ['⌫']],
      ['Back to the list', ['Esc']],
    ],
  },
  {
    title: 'List',
    rows: [
      ['Next, previous session', ['j', 'k', '↓', '↑']],
      ['Go to the conversation', ['↵']],
      ['Select', ['x']],
      ['Extend selection', ['⇧ ↓', '⇧ ↑']],
      ['Session menu', ['m']],
      ['Star, tag, export the selection', ['s', '#', 'mod+e']],
      ['Clear selection', ['Esc']],
      ['Delete', ['Delete', 'mod+⌫']],
    ],
  },
  {
    title: 'Conversation',
    rows: [
      ['Next, previous item', ['j', 'k']],
      ['Next, previous turn', ['n', 'p']],
      ['Expand or collapse', ['e']],
      ['Open a sub-agent’s work', ['↵']],
      ['Find in the conversation', ['/', 'mod+f']],
      ['Next, previous hit', ['↵', '⇧ ↵']],
      ['Copy a link to the item', ['y']],
      ['Item menu', ['m']],
      ['Inspector', ['mod+i', 'i']],
      ['Go to the inspector', ['⇧ i']],
      ['Star', ['s']],
      ['Tag', ['#']],
      ['Note', ['a']],
      ['Save the note', ['mod+↵']],
      ['Rename', ['F2']],
      ['Export', ['mod+e']],
      ['Print', ['mod+p']],
      ['Clear the marked hit, then back to the list', ['Esc']],
      ['Jump to the top', ['Home']],
      ['Jump to latest', ['End']],
    ],
  },
  {
    title: 'Live',
    rows: [
      ['Next, previous session', ['j', 'k']],
      ['Open', ['↵']],
    ],
  },
  {
    title: 'Usage',
    rows: [
      ['Charts or numbers', ['t']],
      ['Previous, next day', ['←', '→']],
      ['Show the sessions of that day', ['↵']],
      ['Clear the day, then the filter', ['Esc']],
    ],
  },
  {
    title: 'Account',
    rows: [
      ['Charts or numbers', ['t']],
      ['Move along a chart', ['←', '→']],
    ],
  },
  {
    title: 'Inspector',
    rows: [
      ['Previous, next request', ['[', ']']],
      ['Charts or numbers', ['t']],
      ['Move, open and close', ['↑', '↓', '←', '→']],
      ['Copy a value', ['c']],
      ['Back to the conversation', ['Esc']],
    ],
  },
  {
    title: 'Picture',
    rows: [
      ['Larger, smaller', ['+', '-']],
      ['Actual size, or fit to the window', ['0']],
      ['Next, previous picture', ['→', '←']],
    ],
  },
  { title: 'Go to', rows: places.map(({ key, name }) => [name, [`g ${key}`]]) },
]
