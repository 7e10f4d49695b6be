/** Loaded first, by `--import`, into a process that is to take now for the same time yesterday. */

const dayMs = 86_400_000
const { now } = Date
Date.now = () => now() - dayMs
