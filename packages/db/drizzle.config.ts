import { defineConfig } from 'drizzle-kit';

/** `pnpm generate` writes the SQL that leads from the last migration to schema.ts. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/schema.ts',
  out: './migrations',
  casing: 'snake_case',
});
