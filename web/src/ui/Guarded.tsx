import { Component, type ReactNode } from 'react';

interface Props {
  /** Shown where the children can't be. */
  fallback?: ReactNode;
  children: ReactNode;
}

/** Keeps one entry that fails to render from taking the page down with it. */
export class Guarded extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? (this.props.fallback ?? null) : this.props.children;
  }
}
