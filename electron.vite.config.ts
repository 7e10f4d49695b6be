import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import renderer from './renderer/vite.config.ts'

// Every file of the main bundle lies flat in out/main: the workers and the renderer are found from there.
const flat = { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', format: 'es' } as const

export default defineConfig({
  main: {
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
    root: 'renderer',
    build: { ...renderer.build, outDir: 'out/renderer', rolldownOptions: { input: resolve('renderer/index.html') } },
  },
})
