import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * A private address to send on: by what the phone sends with, or copied. Where neither is to be had, and for `shown` always, it
 * stands there to be copied by hand.
 */
export function SendLink({
  path,
  title,
  label,
  shown = false,
  children,
}: {
  readonly path: string;
  readonly title: string;
  /** What the button says to those who hear it among others like it. */
  readonly label?: string;
  readonly shown?: boolean;
  /** Beside the button. */
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation('serve');
  const [state, setState] = useState<'copied' | 'by-hand'>();
  const url = window.location.origin + path;
  const send = async (): Promise<void> => {
    try {
      if (navigator.share) return await navigator.share({ title, url });
      await navigator.clipboard.writeText(url);
      setState('copied');
    } catch (error) {
      // Thought better of, or refused.
      if ((error as Error).name !== 'AbortError') setState('by-hand');
    }
  };
  return (
    <>
      {(shown || state === 'by-hand') && <p className="mono small cover-link">{url}</p>}
      <div className="row">
        <Button variant="default" aria-label={label} onClick={() => void send()}>
          {t('cover.send')}
        </Button>
        {children}
      </div>
      <p role="status" className="small">
        {state === 'copied' ? t('cover.copied') : ''}
      </p>
    </>
  );
}
