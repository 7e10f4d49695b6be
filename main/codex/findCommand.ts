/** codex's own options that take the next word as their value; a test holds both lists against the real one's help. */
export const valueOptions: ReadonlySet<string> = new Set([
  '-c',
  '--config',
  '--enable',
  '--disable',
  '--remote',
  '--remote-auth-token-env',
  '-m',
  '--model',
  '--local-provider',
  '-p',
  '--profile',
  '-s',
  '--sandbox',
  '-C',
  '--cd',
  '--add-dir',
  '-a',
  '--ask-for-approval',
])

export const switches: ReadonlySet<string> = new Set([
  '--strict-config',
  '--oss',
  '--approve-for-me',
  '--dangerously-bypass-approvals-and-sandbox',
  '--dangerously-bypass-hook-trust',
  '--worktree',
  '--search',
  '--no-alt-screen',
  '--no-daemon',
])

/**
 * The first word that is neither an option of codex's nor the value of one: its command, or the beginning of a prompt. Null where there
 * is none, and behind an option that is not known here: its value may be called like a command, and a conversation taken for a
 * command that holds none would not be recorded. So it is with `--image`, which takes all words up to the next option.
 */
export function findCommand(args: readonly string[]): string | null {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] as string
    if (!arg.startsWith('-') || arg === '-') return arg
    if (valueOptions.has(arg)) at += 1
    else if (!switches.has(arg) && !hasItsValue(arg)) return null
  }
  return null
}

/** As in `--config=model="o3"` and `-cmodel="o3"`. */
function hasItsValue(arg: string): boolean {
  const [name = ''] = arg.startsWith('--') ? arg.split('=', 1) : [arg.slice(0, 2)]
  return name !== arg && valueOptions.has(name)
}
