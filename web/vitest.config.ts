import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { include: ['{console,phones,shared}/**/*.test.ts'] } })
