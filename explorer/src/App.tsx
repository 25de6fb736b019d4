/** What surrounds every page: data, language, theme, address. */
import { QueryClientProvider } from "@tanstack/react-query";
import { BrowserRouter } from "react-router";
import { queryClient } from "./api/query-client.ts";
import { Pages } from "./Pages.tsx";
import { Appearance } from "./appearance/Appearance.tsx";
import { Shell } from "./shell/Shell.tsx";

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Appearance>
        <BrowserRouter>
          <Shell>
            <Pages />
          </Shell>
        </BrowserRouter>
      </Appearance>
    </QueryClientProvider>
  );
}
