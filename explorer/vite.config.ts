/** How the web is built: one file a page, compressed once at build time, so that the gateway only sends files. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compression } from "vite-plugin-compression2";

/** `npm run dev:web` shows the sources as they are edited, on the data of a gateway that runs. */
const GATEWAY = process.env["LEDGER_GATEWAY_URL"] ?? "http://127.0.0.1:8080";
const SERVED_BY_GATEWAY = ["/v1", "/api", "/rpc", "/openapi.json", "/docs", "/profiles", "/health"];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compression({ algorithms: ["gzip", "brotliCompress"], threshold: 1_024 })],
  server: {
    host: "127.0.0.1",
    proxy: Object.fromEntries(SERVED_BY_GATEWAY.map((path) => [path, { target: GATEWAY, changeOrigin: true }])),
  },
  build: {
    // The browsers of the last two years; nothing is rewritten for older ones.
    target: "es2023",
    // Charts are 500 kB before compression and load only where there is one; the budget of the first page has a test.
    chunkSizeWarningLimit: 1_200,
  },
});
