/** The codex that the tests run against: the pinned devDependency. Others mostly work; docs/codex-compat.md says how to move. */
export const testedVersion = '0.171.0'
