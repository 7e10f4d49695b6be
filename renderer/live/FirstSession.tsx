import { CassetteTape, TriangleAlert } from 'lucide-react'
import { Instructions } from '../account/Instructions.tsx'
import { useAppState } from '../client/ClientProvider.tsx'
import { NewSessionButton } from '../terminals/NewSessionButton.tsx'
import { Empty } from '../ui/Notices.tsx'
import styles from './LivePage.module.css'

/** Before the first session: the one thing to do next. */
export function FirstSession({ onNewSession }: { onNewSession(): void }) {
  const codexMessage = useAppState(({ status }) => (status && status.codex.path === null ? status.codex.message : null))
  return (
    <div className={styles.center}>
      {codexMessage ? (
        <Empty
          icon={TriangleAlert}
          title="Codex was not found"
          heading="h1"
          action={<Instructions text={codexMessage} title="Codex was not found" />}
        />
      ) : (
        <Empty
          icon={CassetteTape}
          title="No session yet"
          heading="h1"
          action={<NewSessionButton onClick={onNewSession} />}
          command="tapedeck codex"
        >
          Start Codex here, or with the command line in any folder of a terminal. Its conversation appears as it
          happens.
        </Empty>
      )}
    </div>
  )
}
