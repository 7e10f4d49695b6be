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
    minify: true,
  },
})
