#!/usr/bin/env node
import { existsSync } from 'node:fs'

/**
 * The command `tapedeck`, of a checkout and of the npm package. npm links a command when it is first asked for, makes it executable, and
 * does neither again; so it is this file that is linked, which is always there, and not one that each build writes anew. It runs on any
 * Node, to say in a sentence what the real one needs.
 */
const neededMajor = 24
const built = new URL('../out/main/tapedeck.js', import.meta.url)

if (Number.parseInt(process.versions.node, 10) < neededMajor) {
  complain(
    `Tapedeck needs Node ${neededMajor} or newer, and this is ${process.versions.node}. Install one from nodejs.org.`,
  )
} else if (existsSync(built)) {
  await import(built.href)
} else {
  complain('Tapedeck is not built yet. Run `npm start`, which builds it, or `npm run build`, then try again.')
}

function complain(message) {
  console.error(`tapedeck: ${message}`)
  process.exitCode = 1
}
