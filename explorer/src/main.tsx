/** Where the web begins. */
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { startLanguages } from "./i18n/start.ts";
import "./style.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
await startLanguages();
createRoot(root).render(<App />);
