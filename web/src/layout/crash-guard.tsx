import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { Translation } from 'react-i18next';

/** Catches a page that throws, so that the rest stays. React has this as a class only. */
export class CrashGuard extends Component<{ readonly children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Translation>
        {(t) => (
          <div className="page" role="alert">
            <h1>{t('crash.title')}</h1>
            <p>{t('crash.text')}</p>
            <Button onClick={() => window.location.reload()}>{t('crash.reload')}</Button>
          </div>
        )}
      </Translation>
    );
  }
}
