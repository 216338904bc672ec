import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isWechat } from '../lib/wechat.ts';

/** The address of this page to a friend: it names the place, what to give and the day, and nobody. */
export function ShareLink({ title }: { readonly title: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  if (isWechat()) return <p className="small muted">{t('find.shareWechat')}</p>;
  const share = async (): Promise<void> => {
    const url = window.location.href;
    try {
      if (navigator.share) return await navigator.share({ title, url });
      await navigator.clipboard.writeText(url);
      setCopied(true);
    } catch {
      // Thought better of, or refused: the address bar has it.
    }
  };
  return (
    <div className="share">
      <Button variant="subtle" onClick={() => void share()}>
        {t('find.share')}
      </Button>
      <p role="status" className="small">
        {copied ? t('find.shared') : ''}
      </p>
    </div>
  );
}
