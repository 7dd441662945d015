import { Component, type ReactNode } from 'react';

interface Props {
  /** Shown if the children can't be rendered. */
  fallback?: ReactNode;
  children: ReactNode;
}

/** Catches an entry that fails to render, so that the rest of the page stays. */
export class Guarded extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? (this.props.fallback ?? null) : this.props.children;
  }
}
