import { type Retention, retentionSchema } from '../../contract/domain/sessionQuery.ts'
import type { Statements } from './statements.ts'

const keepAll: Retention = { maxAgeDays: null, maxBytes: null }

/** What the user decided about the archive; it lies in the archive, so that it moves with it. */
export function createSettingsReader({ get }: Statements) {
  return {
    /** Everything is kept until the user says otherwise, and when what he said cannot be read. */
    retention(): Retention {
      const row = get<{ value: string }>("SELECT value FROM setting WHERE name = 'retention'")
      try {
        return row ? retentionSchema.parse(JSON.parse(row.value)) : keepAll
      } catch {
        return keepAll
      }
    },
  }
}

export function createSettings(statements: Statements) {
  return {
    ...createSettingsReader(statements),

    setRetention(retention: Retention): void {
      statements.run("INSERT OR REPLACE INTO setting VALUES ('retention', ?)", JSON.stringify(retention))
    },
  }
}
