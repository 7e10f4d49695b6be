/** What a script of any kind has to do. */
export interface LauncherPlan {
  /** The script itself, which it removes first: it holds the launch's path token. */
  path: string
  /** Where it tells its start: the process id of codex, and a line feed. */
  startedPath: string
  file: string
  args: string[]
  cwd: string
  /** What the launch sets, and no other variable: the rest is what the terminal gives to every program. */
  variables: Record<string, string>
  /** Where codex lies, added to the end of the PATH: npm's codex is a script for the node beside it. */
  programFolder: string
}
