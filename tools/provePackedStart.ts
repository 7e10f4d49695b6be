import { join } from 'node:path'
import { locatePackedApp } from './packedApp.ts'
import { proveStart } from './proveStart.ts'

/** Starts the application that was packed for this computer, once, with a data folder of its own; fails when it does not come up. */

const output = join(import.meta.dirname, '..', 'dist', 'installers')
const program = join(output, locatePackedApp(process.platform, process.arch))
const proof = await proveStart(program)
if (!proof.isPackaged) throw new Error(`${program} does not run what was packed.`)
if (!proof.isSandboxed) throw new Error(`${program} runs without Chromium's sandbox.`)
console.log(`${program} came up: Tapedeck ${proof.version} on Electron ${proof.electron}, ${proof.answered} answered.`)
