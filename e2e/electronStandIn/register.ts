import { registerHooks } from 'node:module'

/**
 * `node --import register.ts out/main/electron.js` runs the built desktop application where Electron's binary is missing: its `electron`
 * is the stand-in. Everything else is what it always is.
 */
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier !== 'electron') return nextResolve(specifier, context)
    return { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true }
  },
})

/** For what a system shows in its own way. Only the stand-in's process believes it. */
const platform = process.env.TAPEDECK_STAND_IN_PLATFORM
if (platform) Object.defineProperty(process, 'platform', { value: platform })
