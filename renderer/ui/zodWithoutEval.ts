import { config } from 'zod'

/** Before any schema is made: zod would try whether it may write code, and the page's own policy would have something to forbid. */
config({ jitless: true })
