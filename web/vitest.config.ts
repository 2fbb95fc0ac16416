import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { include: ['{phones,shared}/**/*.test.ts'] } })
