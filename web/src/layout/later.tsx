import { Button } from '@mantine/core';
import { type ComponentType, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type LaterTexts, loadTexts } from '../i18n/index.ts';
import { useOnline } from '../lib/online.ts';
import { Loading } from '../ui/states.tsx';

/** A page whose code comes when it is opened, with words of its own where it has any. */
export type LaterPage = {
  readonly fetchPage: () => Promise<void>;
  /** Set when it has come. */
  Here?: ComponentType;
};

export function later<N extends string>(
  load: () => Promise<Record<N, ComponentType>>,
  name: N,
  texts?: LaterTexts,
): LaterPage {
  const page: LaterPage = {
    fetchPage: async () => {
      const [module] = await Promise.all([load(), texts && loadTexts(texts)]);
      page.Here = module[name];
    },
  };
  return page;
}

/** Drawn at once when it has come before. One that does not come is asked for again when somebody asks, or the line is back. */
export function Later({ page }: { readonly page: LaterPage }) {
  const { t } = useTranslation();
  const online = useOnline();
  const [Page, setPage] = useState(() => page.Here);
  const [asked, setAsked] = useState(0);
  const [failed, setFailed] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies(asked): each asking is a try of its own
  // biome-ignore lint/correctness/useExhaustiveDependencies(online): and so is a connection that is back
  useEffect(() => {
    if (Page) return;
    let left = false;
    page.fetchPage().then(
      () => !left && setPage(() => page.Here),
      () => !left && setFailed((times) => times + 1),
    );
    return () => {
      left = true;
    };
  }, [page, Page, asked, online]);

  // A browser may remember what did not come; and with a newer edition of the pages it is gone. Nothing is lost by beginning anew.
  useEffect(() => {
    if (online && failed > 1) window.location.reload();
  }, [online, failed]);

  if (Page) return <Page />;
  if (failed === 0) return <PageComing />;
  return (
    <div className="page" role="alert">
      <h1>{t('crash.missing')}</h1>
      <Button onClick={() => setAsked(asked + 1)}>{t('common.retry')}</Button>
    </div>
  );
}

export const PageComing = () => (
  <div className="page">
    <Loading />
  </div>
);
