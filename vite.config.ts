/** How the browser's code is built, and how its tests run. */
import { defineConfig } from "vitest/config";

const MEBIBYTE = 1024 * 1024;

export default defineConfig({
  root: "frontend",
  base: "/static/",
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // Not .vite/manifest.json: collectstatic and static servers skip hidden folders.
    manifest: "manifest.json",
    target: "baseline-widely-available",
    modulePreload: { polyfill: false },
    // A font or picture inside CSS would need "data:" in the content policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: MEBIBYTE / 1024,
    rolldownOptions: {
      input: "frontend/src/main.ts",
      // htmx holds an eval() that allowEval: false keeps from ever running.
      checks: { eval: false },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts"],
    restoreMocks: true,
  },
});
