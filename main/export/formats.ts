import type { ExportFormat } from '../../contract/domain/export.ts'
import type { Format } from './format.ts'
import { har } from './har.ts'
import { html } from './html.ts'
import { jsonl } from './jsonl.ts'
import { markdown } from './markdown.ts'

export const formats: Record<ExportFormat, Format> = { markdown, html, jsonl, har }
