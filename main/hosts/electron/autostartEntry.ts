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

/** Desktops keep an entry that their user switched off, and say so in it. Without one nothing starts. */
export function isEntryOn(entry: string): boolean {
  const says = (field: string, value: string) => new RegExp(`^${field}\\s*=\\s*${value}\\s*$`, 'm').test(entry)
  return /^Exec\s*=/m.test(entry) && !says('Hidden', 'true') && !says('X-GNOME-Autostart-enabled', 'false')
}

/** Quoted twice: for the command line of the entry, then for a value of the file. `%` begins a field. */
function quoteExec(word: string): string {
  const quoted = `"${word.replace(/[\\"`$]/g, '\\$&').replaceAll('%', '%%')}"`
  return quoted.replaceAll('\\', '\\\\')
}
