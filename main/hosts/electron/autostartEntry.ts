export const hiddenArgument = '--hidden'

/** A desktop entry that starts Tapedeck without its window. */
export function autostartEntry(command: string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Tapedeck',
    `Exec=${command.map(quoteExec).join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/** Quoted twice: for the command line of the entry, then for a value of the file. `%` begins a field. */
function quoteExec(word: string): string {
  const quoted = `"${word.replace(/[\\"`$]/g, '\\$&').replaceAll('%', '%%')}"`
  return quoted.replaceAll('\\', '\\\\')
}
