import './ui/base.css'
import './ui/zodWithoutEval.ts'
import { Tooltip } from 'radix-ui'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserTransport } from './client/browserTransport.ts'
import { ClientProvider } from './client/ClientProvider.tsx'
import { createClient } from './client/client.ts'
import { createWindowTransport } from './client/windowTransport.ts'
import { AwayBanner } from './recording/AwayBanner.tsx'
import { PausedBanner } from './recording/PausedBanner.tsx'
import { TroubleBanner } from './recording/TroubleBanner.tsx'
import { recallTheme } from './settings/theme.ts'
import { App } from './shell/App.tsx'
import { MissingPartBanner } from './shell/MissingPartBanner.tsx'
import { readAhead } from './shell/readAhead.ts'

recallTheme()
const client = createClient(window.tapedeck ? createWindowTransport(window.tapedeck) : createBrowserTransport())
client.start()
readAhead(client)

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <ClientProvider client={client}>
      <Tooltip.Provider delayDuration={500} skipDelayDuration={200}>
        <AwayBanner />
        <MissingPartBanner />
        <TroubleBanner />
        <PausedBanner />
        <App />
      </Tooltip.Provider>
    </ClientProvider>
  </StrictMode>,
)
