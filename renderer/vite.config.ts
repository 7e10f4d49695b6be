import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  base: './',
  plugins: [react()],
  build: {
    target: 'es2024',
    // Knows light-dark(), as all current browsers do, so that it is not taken apart.
    cssTarget: 'chrome128',
    emptyOutDir: true,
    // The polyfill would be an inline script, which the hosts' policy forbids.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // In kilobytes, unpacked. The page comes from this computer, where one file is there sooner than many that ask for each other; what
    // it needs before anything is seen has a budget (e2e/pageWeight.spec.ts), and what few need comes when it is wanted.
    chunkSizeWarningLimit: 1_000,
    minify: true,
  },
})
