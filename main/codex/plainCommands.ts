/**
 * codex's own commands that hold no conversation: they run as they are, and work without any credential. What a newer codex has, and what
 * older ones had, may stand here; a test asks the real one whether there is any that nobody has thought about.
 */
export const plainCommands: ReadonlySet<string> = new Set([
  'login',
  'logout',
  'mcp',
  'plugin',
  'mcp-server',
  'completion',
  'update',
  'doctor',
  'sandbox',
  'debug',
  'apply',
  'a',
  'queue',
  'archive',
  'delete',
  'unarchive',
  'migrate-rollouts',
  'migrate-nfs-db',
  'exec-server',
  'features',
  'help',
])
