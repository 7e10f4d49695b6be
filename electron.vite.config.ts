import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import renderer from './renderer/vite.config.ts'
import { noteLicences } from './tools/licences.ts'

// Every file of the main bundle lies flat in out/main: the workers and the renderer are found from there.
const flat = { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', format: 'es' } as const

// Beside the page, so that every host can show it.
const licences = noteLicences({ root: import.meta.dirname, file: resolve('out/renderer/licences.txt') })

// Packages under `dependencies` are shipped as they are; all others are bundled, so that what was tested is what runs.
export default defineConfig({
  main: {
    plugins: [licences],
    build: {
      outDir: 'out/main',
      target: 'node24',
      sourcemap: true,
      rolldownOptions: {
        input: {
          tapedeck: resolve('main/hosts/cli/tapedeck.ts'),
          electron: resolve('main/hosts/electron/electron.ts'),
          recorderWorker: resolve('main/recorder/recorderWorker.ts'),
          readerWorker: resolve('main/recorder/readerWorker.ts'),
        },
        output: flat,
      },
    },
  },
  preload: {
    plugins: [licences],
    build: {
      outDir: 'out/preload',
      rolldownOptions: {
        input: { index: resolve('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...renderer,
    plugins: [...(renderer.plugins ?? []), licences],
    root: 'renderer',
    build: { ...renderer.build, outDir: 'out/renderer', rolldownOptions: { input: resolve('renderer/index.html') } },
  },
})
