export const hiddenArgument = '--hidden'

/** A desktop entry that starts Tapedeck without its window. */
export function autostartEntry(executable: string): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Tapedeck',
    `Exec=${quoteExec(executable)} ${hiddenArgument}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/** Quoted twice: for the command line of the entry, then for a value of the file. `%` begins a field. */
function quoteExec(path: string): string {
  const quoted = `"${path.replace(/[\\"`$]/g, '\\$&').replaceAll('%', '%%')}"`
  return quoted.replaceAll('\\', '\\\\')
}
