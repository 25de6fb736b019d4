/** Colours that are handed to the style sheet by name. */
import "react";

declare module "react" {
  interface CSSProperties {
    "--badge"?: string;
  }
}
