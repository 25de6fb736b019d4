/** A page that breaks does not take the frame with it: the reader is told, and can try again without a reload. */
import { Component } from "react";
import type { ReactNode } from "react";
import { FileGoneError } from "../loading.ts";
import { PageBroken } from "../parts/PageBroken.tsx";

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | undefined;
}

export class Failsafe extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const retry = (): void => {
      // A newer web has other files: only a reload brings them.
      if (error instanceof FileGoneError) location.reload();
      else this.setState({ error: undefined });
    };
    return <PageBroken error={error} onRetry={retry} />;
  }
}
